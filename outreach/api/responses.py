from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Given, Instant, PathKey, Words
from outreach.response import Response, record_response

router = Router(tags=["responses"])
Unread = Annotated[bool | None, Field(description="true: only what nobody has read; false: only what has been read")]


class ResponseOut(Schema):
    """What came back from an addressee. Until somebody has read it, no step is taken."""

    id: UUID
    appeal: UUID
    addressee: str
    channel: str
    text: str
    language: str
    kind: str = Field(description="Empty until somebody has read it")
    kind_by: str = Field(description="The person, or the rule, that gave the kind")
    received_at: datetime
    read_at: datetime | None
    recorded_by: str
    is_invented: bool
    url: str


class ResponseIn(Given):
    """An answer that came."""

    channel: str = Field(pattern=r"^[a-z][a-z-]{0,19}$", description="How it came: email, x, letter, phone, …")
    text: Words = Field(description="Word for word, or what was said")
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})?)?$")
    received_at: Instant | None = Field(None, description="Now, if left out")
    kind: Response.Kind | None = Field(None, description="What it is, if you have read it")


class ReadingIn(Given):
    """What an answer is."""

    kind: Response.Kind


class Filter(Window):
    """Which responses."""

    unread: Unread = None


@router.get("/campaigns/{slug}/responses", response=Page[ResponseOut], summary="List the responses to a campaign")
def list_responses_to_campaign(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """Everything that came back, oldest first. `unread=true` lists what keeps steps waiting."""
    rows = Response.objects.filter(appeal__campaign=find.campaign(request, slug)).select_related("appeal__addressee")
    return _page(request, which, rows)


@router.get("/appeals/{appeal_id}/responses", response=Page[ResponseOut], summary="List the responses to an appeal")
def list_responses(request: Request, appeal_id: UUID, which: Query[Filter]) -> dict[str, Any]:
    """What this addressee sent back, oldest first."""
    rows = find.appeal(request, appeal_id).responses.select_related("appeal__addressee")
    return _page(request, which, rows)


@router.post("/appeals/{appeal_id}/responses", response={201: ResponseOut}, summary="Record a response")
def create_response(request: Request, appeal_id: UUID, data: ResponseIn) -> Status[dict[str, Any]]:
    """Write down that an answer came. With a `kind` it counts as read at once; without, steps wait until it is read."""
    response = record_response(
        find.appeal(request, appeal_id),
        channel=data.channel,
        text=data.text,
        language=data.language,
        received_at=data.received_at,
        kind=data.kind or "",
        recorded_by=request.auth.name,
        now=now(),
    )
    return Status(201, _describe(response))


@router.get("/responses/{response_id}", response=ResponseOut, summary="Show a response")
def show_response(request: Request, response_id: UUID) -> dict[str, Any]:
    """One answer, word for word."""
    return _describe(_find(request, response_id))


@router.post("/responses/{response_id}/reading", response={201: ResponseOut}, summary="Say what a response is")
def create_reading(request: Request, response_id: UUID, data: ReadingIn) -> Status[dict[str, Any]]:
    """You have read it: give its kind. The clock goes on; only an outcome stops it. Reading again corrects the kind."""
    response = _find(request, response_id)
    response.read(data.kind, request.auth.name, now())
    return Status(201, _describe(response))


def _find(request: Request, response_id: UUID) -> Response:
    visible = Response.objects.filter(appeal__in=Appeal.objects.visible_to(request.auth.user))
    rows = visible.select_related("appeal__addressee")
    return find.find(rows, f"There is no response {response_id}", pk=response_id)


def _page(request: Request, which: Filter, rows: QuerySet[Response]) -> dict[str, Any]:
    if which.unread is not None:
        rows = rows.filter(read_at__isnull=which.unread)
    return page_of(request, which, rows.order_by("received_at", "id"), lambda found: map(_describe, found))


def _describe(response: Response) -> dict[str, Any]:
    kept = (
        "id", "channel", "text", "language", "kind", "kind_by", "received_at", "read_at", "recorded_by", "is_invented",
    )  # fmt: skip
    return {name: getattr(response, name) for name in kept} | {
        "appeal": response.appeal_id,
        "addressee": response.appeal.addressee.key,
        "url": f"/api/v1/responses/{response.pk}",
    }
