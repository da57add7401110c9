"""What an error says: one document (RFC 9457, application/problem+json) with sentences for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
PLACE = "/api/v1/problems"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem, explained at its own address. `advice`: what the caller can do about it."""

    code: str
    status: int
    title: str
    advice: str


MALFORMED = Kind("malformed", 400, "The request cannot be read", "Send well-formed JSON as UTF-8, and valid headers.")
UNKNOWN_CALLER = Kind("unknown-caller", 401, "We do not know who asks", "Send a key: Authorization: Bearer outreach_…")
FORBIDDEN = Kind("forbidden", 403, "You may not do this", "Use a key or an account that may, or ask an owner.")
NOT_FOUND = Kind("not-found", 404, "There is no such thing", "Look at the list it should be in; you may not see all.")
WRONG_METHOD = Kind("wrong-method", 405, "This cannot be done here", "Use one of the methods that Allow names.")
CONFLICT = Kind("conflict", 409, "Things stand in the way", "Read how things stand, then decide again.")
IN_PROGRESS = Kind("in-progress", 409, "The same request is being answered", "Wait a moment and send it again.")
TOO_LARGE = Kind("too-large", 413, "The request is too large", "Send less at once; the limit is in the detail.")
WRONG_TYPE = Kind(
    "wrong-type", 415, "The body is of another type", "Send a type the description of the operation names."
)
INVALID = Kind("invalid", 422, "Something in the request is wrong", "Mend what `errors` names and send it again.")
KEY_REUSED = Kind("key-reused", 422, "The Idempotency-Key was used before", "Use a new key for another request.")
FAILURE = Kind("failure", 500, "Something went wrong on our side", "Nothing was changed. Try again, or tell us.")
KINDS = {
    kind.code: kind
    for kind in (
        MALFORMED, UNKNOWN_CALLER, FORBIDDEN, NOT_FOUND, WRONG_METHOD, CONFLICT, IN_PROGRESS, TOO_LARGE, WRONG_TYPE,
        INVALID, KEY_REUSED, FAILURE,
    )
}  # fmt: skip


class Fault(Schema):
    """One thing that is wrong, and where."""

    location: str = Field(description="Where: body/until, query/limit, or a file of the campaign with line and column")
    detail: str = Field(description="What is wrong, as a sentence")
    value: str | None = Field(default=None, description="What was found there, cut where it is long")
    suggestion: str | None = Field(default=None, description="What was probably meant")


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str = Field(description="The address of an explanation of this kind of problem")
    title: str = Field(description="The kind of problem, the same for all of its type")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What is wrong here, as a sentence")
    instance: str = Field(description="The path that was asked for")
    errors: list[Fault] = Field(description="Everything that is wrong, each with its place; may be empty")


@dataclass(slots=True)
class Trouble(Exception):
    """Raised anywhere in an endpoint: nothing is changed, and the caller gets this problem."""

    kind: Kind
    detail: str
    errors: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.detail


def response(request: HttpRequest, trouble: Trouble) -> JsonResponse:
    """The problem as an answer. The query is left out of `instance`: it may hold anything."""
    kind = trouble.kind
    problem = Problem(
        type=f"{PLACE}/{kind.code}",
        title=kind.title,
        status=kind.status,
        detail=trouble.detail,
        instance=request.path,
        errors=list(trouble.errors),
    )
    answer = JsonResponse(problem.model_dump(), status=kind.status, content_type=MEDIA_TYPE)
    for name, value in trouble.headers.items():
        answer.headers[name] = value
    return answer
