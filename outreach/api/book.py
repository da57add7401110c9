"""The description of the API: for programs as OpenAPI, for people as a page, and what each kind of problem means."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from outreach.api import once, problem
from outreach.api.problem import Problem, Trouble

SHAPES = "x-shapes"  # schemas that an operation brings, under their names
REFERENCE = "#/components/schemas/{model}"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
ALWAYS = (problem.MALFORMED, problem.UNKNOWN_CALLER, problem.FORBIDDEN, problem.INVALID, problem.FAILURE)
IN_A_BODY = (problem.TOO_LARGE, problem.WRONG_TYPE)
METHODS = ("get", "post", "put", "patch", "delete")


class Page(DocsBase):
    """A page to read and to try the API on. All of it comes from this server, so that the strict policy holds."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **named: Any) -> HttpResponse:
        """Whoever is signed in can try operations in their own name."""
        token = get_token(request) if request.user.is_authenticated else ""
        settings = {"url": self.get_openapi_url(api, named), "layout": "BaseLayout", "deepLinking": True}
        return render(request, "api.html", {"title": api.title, "settings": settings, "token": token})


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """Add what every operation shares: its problems, and the Idempotency-Key of every POST."""
    shapes = schema["components"]["schemas"]
    for address, methods in schema["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                shapes.update(operation.pop(SHAPES, {}))
                _add_problems(operation, method, "{" in address)
                if method == "post":
                    operation["parameters"] = [*operation.get("parameters", []), IDEMPOTENCY_KEY]
                    operation["responses"][201 if 201 in operation["responses"] else 200]["headers"] = REPLAYED
    shapes["Problem"] = Problem.model_json_schema(ref_template=REFERENCE)
    shapes.update(shapes["Problem"].pop("$defs"))
    return schema


def explanations() -> URLPattern:
    """Where the `type` of a problem leads."""
    return path("problems/<slug:code>", explain)


def explain(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a kind of problem means and what can be done about it."""
    kind = problem.KINDS.get(code)
    if kind is None:
        return nothing(request)
    told = {"code": kind.code, "status": kind.status, "title": kind.title, "advice": kind.advice}
    return JsonResponse(told)


def nothing_here() -> URLPattern:
    """Every other address below the API."""
    return path("<path:rest>", nothing)


def nothing(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """A problem document, not a page."""
    return problem.response(request, Trouble(problem.NOT_FOUND, "There is nothing at this address"))


def _add_problems(operation: dict[str, Any], method: str, has_name: bool) -> None:
    kinds = [*ALWAYS, *([problem.NOT_FOUND] if has_name else [])]
    if method != "get":
        kinds += [problem.CONFLICT, *IN_A_BODY]
    responses = operation["responses"]
    for kind in sorted(kinds, key=lambda kind: kind.status):
        described = {"description": kind.title, "content": {problem.MEDIA_TYPE: {"schema": PROBLEM}}}
        responses.setdefault(kind.status, described)


IDEMPOTENCY_KEY = {
    "in": "header",
    "name": once.HEADER,
    "required": False,
    "description": "A value of your own, such as a UUID. The same request with the same key is carried out once, "
    "and answered the same way again, for a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": once.LONGEST, "pattern": "^[!-~]+$"},
}
REPLAYED = {
    once.REPLAYED: {
        "description": "`true` if this answer was given before, to the same request with the same Idempotency-Key",
        "schema": {"type": "string"},
    }
}
