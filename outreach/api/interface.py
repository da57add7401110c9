"""The API as a whole: what all of its operations share, whatever noun they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from outreach.api import book, problem, refusals
from outreach.api.access import DOORS
from outreach.api.once import once
from outreach.api.problem import Trouble
from outreach.api.strict import StrictParser

View = Callable[..., HttpResponseBase]


class Interface(NinjaAPI):
    """A NinjaAPI whose every answer keeps the rules of `docs/api.md`."""

    def __init__(self, **named: Any) -> None:
        super().__init__(auth=DOORS, parser=StrictParser(), docs=book.Page(), **named)
        refusals.register(self)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Every address, each behind the door; last, whatever else is asked for."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            assert isinstance(pattern, URLPattern)
            pattern.callback = door(pattern.callback)
        return [*patterns, book.explanations(), book.nothing_here()], app, namespace

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, which is unique."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description of the API, with the errors and headers that all operations share."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return book.completed(schema)


def door(view: View) -> View:
    """An endpoint in one transaction, whose every refusal is a problem document."""
    inner = once(view)

    @wraps(view)
    def answer(request: HttpRequest, **named: object) -> HttpResponseBase:
        try:
            given = inner(request, **named)
        except Exception as error:
            return refusals.answer(request, error)
        return _wrong_method(request, given) if given.status_code == 405 else given

    return answer


def _wrong_method(request: HttpRequest, given: HttpResponseBase) -> HttpResponseBase:
    allowed = ", ".join(sorted(given.headers["Allow"].split(", ")))
    sentence = f"{request.method} is not one of {allowed}"
    return problem.response(request, Trouble(problem.WRONG_METHOD, sentence, headers={"Allow": allowed}))
