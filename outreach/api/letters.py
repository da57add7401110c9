from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Given, Key, PathKey
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


class LetterFilter(Window):
    """Which letters."""

    state: Letter.State | None = None
    addressee: Key | None = None


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


@router.put("/addressees/{key}/letters", response=MannerOut, summary="Say how an office wants letters")
def put_letters_manner(request: Request, key: PathKey, data: MannerIn) -> dict[str, Any]:
    """Together only, or a few one by one and the rest together. It holds for all of its email addresses."""
    addressee = find.find(find.addressees(request), f"There is no addressee “{key}”", key=key)
    office_wants(addressee, digests_only=data.digests_only)
    return {"addressee": addressee.key, "digests_only": data.digests_only}


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


def _line(line: Line) -> dict[str, Any]:
    kept = ("waiting", "oldest_at", "sent_alone", "sent_together", "answered", "next_at", "why")
    return {name: getattr(line, name) for name in kept} | {
        "addressee": line.addressee.key,
        "digests_only": bool(line.point and line.point.digests_only),
        "is_held": line.hold is not None,
    }
