from base64 import b64decode
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.outcomes import Number, OutcomeOut, describe
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.response_told import ResponseOut, together, told
from outreach.api.values import Given, Instant, PathKey, Words
from outreach.attachment import Attachment
from outreach.inbox.by_hand import tell_by_hand
from outreach.response import Response
from outreach.sealed_file import SECRET_IS_GONE, download
from outreach.stating import record_as_stated

router = Router(tags=["responses"])
OCTETS = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
ANY_FILE = {"responses": {200: {"description": "The file", "content": OCTETS}}}
Unread = Annotated[bool | None, Field(description="true: only what nobody has read; false: only what has been read")]


class FileIn(Given):
    """A photograph or PDF that shows an answer."""

    name: str = Field(max_length=200)
    content: str = Field(max_length=7_000_000, description="The file in base64 (RFC 4648); at most 5 MB")


class ResponseIn(Given):
    """An answer that came."""

    channel: str = Field(pattern=r"^[a-z][a-z-]{0,19}$", description="How it came: email, x, letter, phone, …")
    text: Words = Field(description="Word for word, or what was said")
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})?)?$")
    received_at: Instant | None = Field(None, description="Now, if left out")
    kind: Response.Kind | None = Field(None, description="What it is, if you have read it")
    files: list[FileIn] = Field([], max_length=5, description="Photographs or PDFs that show it, such as a letter")


class ReadingIn(Given):
    """What an answer is."""

    kind: Response.Kind


class Filter(Window):
    """Which responses."""

    unread: Unread = None


@router.get("/campaigns/{slug}/responses", response=Page[ResponseOut], summary="List the responses to a campaign")
def list_responses_to_campaign(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """Everything that came back, oldest first. `unread=true` lists what keeps steps waiting."""
    rows = Response.objects.filter(appeal__campaign=find.campaign(request, slug))
    return _page(request, which, rows)


@router.get("/appeals/{appeal_id}/responses", response=Page[ResponseOut], summary="List the responses to an appeal")
def list_responses(request: Request, appeal_id: UUID, which: Query[Filter]) -> dict[str, Any]:
    """What this addressee sent back, oldest first."""
    rows = find.appeal(request, appeal_id).responses.all()
    return _page(request, which, rows)


@router.post("/appeals/{appeal_id}/responses", response={201: ResponseOut}, summary="Record a response")
def create_response(request: Request, appeal_id: UUID, data: ResponseIn) -> Status[dict[str, Any]]:
    """Write down that an answer came. With a `kind` it counts as read at once; without, steps wait until it is read."""
    response = tell_by_hand(
        find.appeal(request, appeal_id),
        channel=data.channel,
        text=data.text,
        language=data.language,
        received_at=data.received_at,
        kind=data.kind or "",
        by=request.auth.name,
        now=now(),
        files=[(file.name, _decoded(file, number)) for number, file in enumerate(data.files)],
    )
    return Status(201, told(_find(request, response.pk)))


@router.get("/responses/{response_id}", response=ResponseOut, summary="Show a response")
def show_response(request: Request, response_id: UUID) -> dict[str, Any]:
    """One answer, word for word."""
    return told(_find(request, response_id))


@router.post("/responses/{response_id}/reading", response={201: ResponseOut}, summary="Say what a response is")
def create_reading(request: Request, response_id: UUID, data: ReadingIn) -> Status[dict[str, Any]]:
    """You have read it: give its kind. The clock goes on; only an outcome stops it. Reading again corrects the kind."""
    response = _find(request, response_id)
    response.read(data.kind, request.auth.name, now())
    return Status(201, told(response))


@router.post("/responses/{response_id}/recording", response={201: list[OutcomeOut]}, summary="Record as stated")
def create_recording(request: Request, response_id: UUID) -> Status[list[dict[str, Any]]]:
    """Make outcomes of what the office stated on its answer page, with the answer as evidence. It counts as read."""
    response = _find(request, response_id)
    outcomes = record_as_stated(response, author=request.auth.name, now=now())
    return Status(201, [describe(each, response.appeal, each.demand) for each in outcomes])


@router.get(
    "/responses/{response_id}/files/{number}", response=None, openapi_extra=ANY_FILE, summary="Download its file"
)
def show_response_file(request: Request, response_id: UUID, number: Number) -> HttpResponse:
    """A file that came with it, as it came. Nobody has checked it."""
    response = _find(request, response_id)
    rows = Attachment.objects.filter(incoming=response.incoming_id)
    attachment = find.find(rows, f"There is no file {number} with this response", number=number)
    content = attachment.opened()
    if content is None:
        raise Trouble(CONFLICT, SECRET_IS_GONE)
    return download(content, "application/octet-stream", attachment.name or "file")


def _decoded(file: FileIn, number: int) -> bytes:
    try:
        return b64decode(file.content, validate=True)
    except ValueError:
        sentence = "This is no base64"
        raise Trouble(INVALID, sentence, [Fault(location=f"body/files/{number}/content", detail=sentence)]) from None


def _find(request: Request, response_id: UUID) -> Response:
    visible = Response.objects.filter(appeal__in=Appeal.objects.visible_to(request.auth.user))
    rows = together(visible)
    return find.find(rows, f"There is no response {response_id}", pk=response_id)


def _page(request: Request, which: Filter, rows: QuerySet[Response]) -> dict[str, Any]:
    if which.unread is not None:
        rows = rows.filter(read_at__isnull=which.unread)
    return page_of(request, which, together(rows).order_by("received_at", "id"), lambda found: map(told, found))
