from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import PathKey
from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.mailbag import Mailbag

router = Router(tags=["letters"])


class MailbagOut(Schema):
    """One message to one office with one letter or many."""

    id: UUID
    campaign: str
    addressee: str
    state: Mailbag.State
    is_digest: bool
    number: int = Field(description="Letters in it")
    attempts: int
    reason: str
    instead_of: UUID | None
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    settled_by: str
    url: str


class MailbagFilter(Window):
    """Which messages."""

    state: Mailbag.State | None = None


@router.get("/campaigns/{slug}/mailbags", response=Page[MailbagOut], summary="List messages with letters")
def list_mailbags(request: Request, slug: PathKey, which: Query[MailbagFilter]) -> dict[str, Any]:
    """The newest first."""
    rows = _visible(request).filter(campaign=find.campaign(request, slug))
    rows = rows.filter(state=which.state) if which.state else rows
    return page_of(request, which, rows.order_by("-created_at", "id"), lambda found: map(_mailbag, found))


@router.get("/mailbags/{mailbag_id}", response=MailbagOut, summary="Show a message with letters")
def show_mailbag(request: Request, mailbag_id: UUID) -> dict[str, Any]:
    """One message."""
    return _mailbag(_find(request, mailbag_id))


@router.post("/mailbags/{mailbag_id}/arrival", response=MailbagOut, summary="Say that a message arrived")
def create_arrival(request: Request, mailbag_id: UUID) -> dict[str, Any]:
    """A person found out about one that was unknown or unproven."""
    bag = _find(request, mailbag_id)
    try:
        arrived(bag, by=request.auth.name, now=now())
    except NotPossible as reason:
        raise Trouble(CONFLICT, str(reason)) from reason
    return _mailbag(bag)


@router.post("/mailbags/{mailbag_id}/again", response={201: MailbagOut}, summary="Send letters once more")
def create_mailbag_again(request: Request, mailbag_id: UUID) -> Status[dict[str, Any]]:
    """As another message, for one that is unknown or did not arrive. It leaves when its turn comes."""
    bag = _find(request, mailbag_id)
    try:
        more = send_once_more(bag, by=request.auth.name, now=now())
    except NotPossible as reason:
        raise Trouble(CONFLICT, str(reason)) from reason
    return Status(201, _mailbag(_find(request, more.pk)))


def _visible(request: Request) -> QuerySet[Mailbag]:
    return Mailbag.objects.visible_to(request.auth.user).select_related("campaign", "addressee")


def _find(request: Request, pk: UUID) -> Mailbag:
    return find.find(_visible(request), f"There is no message {pk}", pk=pk)


def _mailbag(bag: Mailbag) -> dict[str, Any]:
    kept = (
        "id", "state", "is_digest", "number", "attempts", "reason", "created_at", "sent_at", "delivered_at",
        "settled_by",
    )  # fmt: skip
    return {name: getattr(bag, name) for name in kept} | {
        "campaign": bag.campaign.slug,
        "addressee": bag.addressee.key,
        "instead_of": bag.instead_of_id,
        "url": f"/api/v1/mailbags/{bag.pk}",
    }
