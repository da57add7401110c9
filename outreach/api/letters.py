from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import Given, Key, PathKey
from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.letter import Letter
from outreach.letters.lines import Line
from outreach.letters.mailbag import Mailbag
from outreach.letters.manner import office_wants
from outreach.letters.overview import overview

router = Router(tags=["letters"])


class LetterOut(Schema):
    """A supporter's letter, without its words or whoever wrote it."""

    id: UUID
    addressee: str
    state: Letter.State = Field(description="taken: in a mailbag, whose state says what became of it")
    mailbag: UUID | None
    mailbag_state: Mailbag.State | None
    is_in_a_digest: bool
    division: str = Field(description="Where the supporter is represented, if known")
    language: str
    words: int
    own_share: int = Field(description="Per cent of the words that are the supporter's own")
    resembles: UUID | None = Field(description="The first letter that it is nearly identical to")
    rank: int = Field(description="Of this supporter's letters to this addressee; only the first leaves")
    written_at: datetime
    confirmed_at: datetime | None


class AlikeOut(Schema):
    """Letters that say nearly the same."""

    first: UUID
    number: int


class LineOut(Schema):
    """The letters to one addressee."""

    addressee: str
    waiting: int
    oldest_at: datetime | None
    sent_alone: int = Field(description="Left one by one")
    sent_together: int = Field(description="Left in digests")
    answered: int = Field(description="Letters the office has answered, automatic replies aside")
    next_at: datetime | None = Field(description="When one leaves for its inbox next; null if nothing can be said")
    why: str = Field(description="What is in the way, if anything is")
    digests_only: bool
    is_held: bool = Field(description="Whether a hold on letters keeps them; POST /holds with channel letters")


class LetterQueueOut(Schema):
    """How the letters of a campaign stand."""

    letters: dict[str, int] = Field(description="How many in each state")
    mailbags: dict[str, int] = Field(description="Messages in each state")
    digests: int = Field(description="Messages with several letters that have left")
    own_share: float | None = Field(description="Per cent of own words, on average")
    mostly_own: int = Field(description="Letters with at least half own words")
    alike: list[AlikeOut] = Field(description="The largest groups of nearly identical letters")
    addressees: list[LineOut] = Field(description="Those for whom most wait come first")


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


class LetterFilter(Window):
    """Which letters."""

    state: Letter.State | None = None
    addressee: Key | None = None


class MailbagFilter(Window):
    """Which messages."""

    state: Mailbag.State | None = None


class MannerIn(Given):
    """How an office wants letters."""

    digests_only: bool


class MannerOut(Schema):
    """How an inbox gets letters, whoever shares it."""

    addressee: str
    digests_only: bool


@router.get("/campaigns/{slug}/letters", response=Page[LetterOut], summary="List letters of supporters")
def list_letters(request: Request, slug: PathKey, which: Query[LetterFilter]) -> dict[str, Any]:
    """Without names, addresses and words. The oldest first."""
    rows = Letter.objects.filter(campaign=find.campaign(request, slug)).select_related("addressee", "mailbag")
    if which.state:
        rows = rows.filter(state=which.state)
    if which.addressee:
        rows = rows.filter(addressee__key=which.addressee)
    return page_of(request, which, rows.order_by("written_at", "id"), _letters)


@router.get("/campaigns/{slug}/letter-queue", response=LetterQueueOut, summary="Show how letters stand")
def show_letter_queue(request: Request, slug: PathKey) -> dict[str, Any]:
    """Counts by state, how much is people's own, what is alike, and for each addressee when the next one leaves."""
    seen = overview(find.campaign(request, slug), now())
    kept = ("letters", "mailbags", "digests", "own_share", "mostly_own")
    return {name: getattr(seen, name) for name in kept} | {
        "alike": [asdict(each) for each in seen.alike],
        "addressees": [_line(each) for each in seen.lines],
    }


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


@router.put("/addressees/{key}/letters", response=MannerOut, summary="Say how an office wants letters")
def put_letters_manner(request: Request, key: PathKey, data: MannerIn) -> dict[str, Any]:
    """Together only, or a few one by one and the rest together. It holds for all of its email addresses."""
    addressee = find.find(find.addressees(request), f"There is no addressee “{key}”", key=key)
    office_wants(addressee, digests_only=data.digests_only)
    return {"addressee": addressee.key, "digests_only": data.digests_only}


def _visible(request: Request) -> QuerySet[Mailbag]:
    visible = Campaign.objects.visible_to(request.auth.user)
    return Mailbag.objects.filter(campaign__in=visible).select_related("campaign", "addressee")


def _find(request: Request, pk: UUID) -> Mailbag:
    return find.find(_visible(request), f"There is no message {pk}", pk=pk)


def _letters(rows: Sequence[Letter]) -> Iterator[dict[str, Any]]:
    kept = ("id", "state", "division", "language", "words", "own_share", "rank", "written_at", "confirmed_at")
    for each in rows:
        yield {name: getattr(each, name) for name in kept} | {
            "addressee": each.addressee.key,
            "mailbag": each.mailbag_id,
            "mailbag_state": each.mailbag.state if each.mailbag else None,
            "is_in_a_digest": bool(each.mailbag and each.mailbag.is_digest),
            "resembles": each.resembles_id,
        }


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


def _line(line: Line) -> dict[str, Any]:
    kept = ("waiting", "oldest_at", "sent_alone", "sent_together", "answered", "next_at", "why")
    return {name: getattr(line, name) for name in kept} | {
        "addressee": line.addressee.key,
        "digests_only": bool(line.point and line.point.digests_only),
        "is_held": line.hold is not None,
    }
