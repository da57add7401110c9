"""From whatever is raised to a problem document. Every error of the API passes here."""

from collections.abc import Mapping, Sequence
from typing import Any

import pydantic
import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from campaigns.hold import ClockInDoubt, NotHoldable
from campaigns.intervention import NotPossible
from campaigns.outcome import NotRecordable, NotYetPublic
from campaigns.publication import NotPublishable
from campaigns.words.problem import Unfit
from outreach.api import problem
from outreach.api.problem import Fault, Trouble

log = structlog.get_logger(__name__)
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="outreach"'}
SENTENCES = {"missing": "This is needed", "extra_forbidden": "There is no such field"}


def register(api: NinjaAPI) -> None:
    """Make `api` answer every exception with a problem document."""
    for raised in (
        Trouble, ValidationError, AuthenticationError, HttpError, Http404, NotPublishable, NotHoldable, NotRecordable,
        NotPossible, ClockInDoubt, Unfit, RequestDataTooBig, UnreadablePostError, SuspiciousOperation, Exception,
    ):  # fmt: skip
        api.add_exception_handler(raised, answer)


def answer(request: HttpRequest, error: Any) -> HttpResponse:
    """The problem that `error` is to the caller."""
    return problem.response(request, trouble_of(error))


def trouble_of(error: Exception) -> Trouble:
    """What an exception means for the caller; one nobody foresaw is logged, and says nothing of itself."""
    match error:
        case Trouble():
            return error
        case ValidationError():
            return _invalid(error)
        case AuthenticationError():
            return Trouble(problem.UNKNOWN_CALLER, "Send a key that stands, or sign in first", headers=CHALLENGE)
        case HttpError():
            return _of_status(error)
        case Http404():
            return Trouble(problem.NOT_FOUND, "There is nothing at this address")
        case Unfit():
            faults = [
                Fault(location=f"{each.part}:{each.line}:{each.column}", detail=each.message) for each in error.problems
            ]
            return Trouble(problem.CONFLICT, "A wording of this campaign does not hold", faults)
        case NotPublishable() | NotYetPublic() | ClockInDoubt():
            return Trouble(problem.CONFLICT, str(error))
        case NotPossible() if not error.field:
            return Trouble(problem.CONFLICT, str(error))
        case NotRecordable() | NotPossible():
            where = f"body/{error.field}" if error.field else "body"
            return Trouble(problem.INVALID, str(error), [Fault(location=where, detail=str(error))])
        case NotHoldable():
            return Trouble(problem.INVALID, str(error), [Fault(location="body", detail=str(error))])
        case RequestDataTooBig():
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            return Trouble(problem.TOO_LARGE, f"A request may have {most:,} bytes at most")
        case UnreadablePostError() | SuspiciousOperation():
            return Trouble(problem.MALFORMED, "The request ended before it was complete, or contradicts itself")
    log.exception("the API failed", error=type(error).__name__)
    away = isinstance(error, OperationalError)
    return Trouble(problem.FAILURE, "The database is away; try again soon" if away else "We have noted what went wrong")


def _of_status(error: HttpError) -> Trouble:
    if isinstance(error.__cause__, Trouble):
        return error.__cause__
    kinds = {kind.status: kind for kind in reversed(problem.KINDS.values())}
    return Trouble(kinds.get(error.status_code, problem.MALFORMED), str(error))


def _invalid(error: ValidationError) -> Trouble:
    """A name in the path that can belong to nothing is simply not found."""
    if all(each["loc"][0] == "path" for each in error.errors):
        return Trouble(problem.NOT_FOUND, "There is nothing at this address")
    faults = [_fault(str(each["loc"][0]), each["loc"][1:], each) for each in error.errors]
    first = faults[0]
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return Trouble(problem.INVALID, f"{first.location}: {first.detail}{more}", faults)


def faults_of(source: str, error: pydantic.ValidationError) -> list[Fault]:
    """Everything wrong with the `source` (body, query) of a request."""
    return [_fault(source, ("", *each["loc"]), each) for each in error.errors(include_url=False)]


def _fault(source: str, inside: Sequence[Any], error: Mapping[str, Any]) -> Fault:
    """Of a body, ninja names the parameter first."""
    names = inside[1:] if source == "body" else inside
    said = SENTENCES.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    return Fault(location="/".join([source, *map(str, names)]), detail=said)
