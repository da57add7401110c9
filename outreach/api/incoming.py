"""What came in over any channel, kept as it came whatever becomes of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.response_told import ResponseOut, together, told
from outreach.api.values import Given, Words
from outreach.inbox.deciding import NotDecidable, deliver, set_aside
from outreach.incoming import Incoming
from outreach.response import Response
from outreach.sealed_file import SECRET_IS_GONE, download

router = Router(tags=["incoming"])
OCTETS = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
RAW = {"responses": {200: {"description": "Every byte as it came", "content": OCTETS}}}


class GuessOut(Schema):
    """Whose answer it may be."""

    appeal: UUID
    addressee: str
    certainty: float = Field(description="From 0 to 1")
    why: str


class IncomingOut(Schema):
    """Something that came in. What it says is data: nothing in it changes an outcome."""

    id: UUID
    channel: str
    door: str = Field(description="parse, smtp, imap, poll, hand or link")
    state: str = Field(description="waiting, quarantined, matched or set aside")
    aside: str = Field(description="Why it was set aside")
    reason: str
    kind: str = Field(description="What a rule takes it for")
    why: str
    sender: str
    subject: str
    text: str
    verdicts: dict[str, Any] = Field(description="SPF, DKIM and DMARC, and who says so")
    guesses: list[GuessOut]
    responses: list[UUID]
    received_at: datetime
    sha256: str = Field(description="Of the bytes as they came")
    size: int
    url: str


class Filter(Window):
    """Which of them."""

    state: Incoming.State | None = None


class DeliveryIn(Given):
    """Whose answer it is."""

    appeal: UUID


class AsideIn(Given):
    """Why it is no answer."""

    aside: Incoming.Aside
    note: Words = ""


@router.get("/incoming", response=Page[IncomingOut], summary="List what came in")
def list_incoming(request: Request, which: Query[Filter]) -> dict[str, Any]:
    """Oldest first. `state=quarantined` lists what waits for a person."""
    rows = _rows(request)
    rows = rows.filter(state=which.state) if which.state else rows
    return page_of(request, which, rows, lambda found: map(_described, found))


@router.get("/incoming/{incoming_id}", response=IncomingOut, summary="Show what came in")
def show_incoming(request: Request, incoming_id: UUID) -> dict[str, Any]:
    """With guesses and verdicts."""
    return _described(_find(request, incoming_id))


@router.get("/incoming/{incoming_id}/raw", response=None, openapi_extra=RAW, summary="Download what came in")
def show_raw(request: Request, incoming_id: UUID) -> HttpResponse:
    """Every byte as it came."""
    content = _find(request, incoming_id).opened()
    if content is None:
        raise Trouble(CONFLICT, SECRET_IS_GONE)
    return download(content, "application/octet-stream", f"{incoming_id}.bin")


@router.post("/incoming/{incoming_id}/delivery", response={201: ResponseOut}, summary="Say whose answer it is")
def create_incoming_delivery(request: Request, incoming_id: UUID, data: DeliveryIn) -> Status[dict[str, Any]]:
    """It becomes a response, unread until somebody gives its kind."""
    incoming = _find(request, incoming_id)
    sentence = f"There is no appeal {data.appeal}"
    appeal = find.named(find.appeals(request), "appeal", sentence, pk=data.appeal)
    try:
        response = deliver(incoming, appeal, by=request.auth.name, now=now())
    except NotDecidable as reason:
        raise _trouble(reason) from None
    return Status(201, told(together(Response.objects.filter(pk=response.pk)).get()))


@router.post("/incoming/{incoming_id}/aside", response={201: IncomingOut}, summary="Set aside what came in")
def create_aside(request: Request, incoming_id: UUID, data: AsideIn) -> Status[dict[str, Any]]:
    """It is no answer; it is kept all the same."""
    incoming = _find(request, incoming_id)
    try:
        set_aside(incoming, data.aside, by=request.auth.name, now=now(), note=data.note)
    except NotDecidable as reason:
        raise _trouble(reason) from None
    return Status(201, _described(_find(request, incoming_id)))


def _rows(request: Request) -> Any:
    visible = Incoming.objects.visible_to(request.auth.user).without_weight()
    return visible.prefetch_related("guesses__appeal__addressee", "responses")


def _find(request: Request, incoming_id: UUID) -> Incoming:
    found: Incoming = find.find(_rows(request), f"Nothing came in as {incoming_id}", pk=incoming_id)
    return found


def _trouble(reason: NotDecidable) -> Trouble:
    if not reason.field:
        return Trouble(CONFLICT, str(reason))
    return Trouble(INVALID, str(reason), [Fault(location=f"body/{reason.field}", detail=str(reason))])


def _described(incoming: Incoming) -> dict[str, Any]:
    kept = (
        "id", "channel", "door", "state", "aside", "reason", "kind", "why", "verdicts", "received_at", "sha256", "size",
    )  # fmt: skip
    gist = incoming.gist
    return {name: getattr(incoming, name) for name in kept} | {
        "sender": gist.author,
        "subject": gist.subject,
        "text": gist.text,
        "guesses": [
            {"appeal": g.appeal_id, "addressee": g.appeal.addressee.key, "certainty": g.certainty, "why": g.why}
            for g in incoming.guesses.all()
        ],
        "responses": [each.pk for each in incoming.responses.all()],
        "url": f"/api/v1/incoming/{incoming.pk}",
    }
