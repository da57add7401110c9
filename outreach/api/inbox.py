"""What needs a person, and what came in and is not matched or trusted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach import needs
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of_all
from outreach.api.problem import CONFLICT, INVALID, NOT_FOUND, Fault, Trouble
from outreach.api.values import Given, Key, Words
from outreach.attention import give_attention, leave
from outreach.needs import inbox as standing
from outreach.needs.need import IsGone, NotSettled, Scope

router = Router(tags=["inbox"])
Kind = StrEnum("Kind", {name: name for name in needs.KINDS})  # type: ignore[misc]
Ref = Annotated[str, Path(..., pattern=r"^[0-9a-f-]{1,36}$")]


class ChoiceOut(Schema):
    """One way to settle it."""

    do: str
    said: str
    is_proposed: bool = Field(description="What a rule would do")


class AskOut(Schema):
    """What may or must be said with a choice."""

    name: str
    label: str
    hint: str


class NeedOut(Schema):
    """Something that waits for a person. Derived from how things stand: it is gone when they have changed."""

    kind: str
    ref: str
    campaign: str | None
    addressee: str
    title: str
    since: datetime
    stops: bool = Field(description="Whether a clock stands still for it")
    source: str
    said: str = Field(description="Their words, cut short")
    guess: str = Field(description="What a rule proposes, and why")
    choices: list[ChoiceOut]
    asks: list[AskOut]
    holder: str = Field(description="Who looks at it; empty if nobody")
    held_since: datetime | None
    url: str


class Filter(Window):
    """Which needs."""

    campaign: Key | None = None
    kind: Kind | None = None


class AttentionIn(Given):
    """Who looks at it is who asks."""

    take_over: bool = Field(False, description="Also if somebody else has it")


class SettlementIn(Given):
    """What is done about it."""

    do: str = Field(max_length=120, description="One of its choices; or put-aside, with a `note`")
    said: dict[str, Words] = Field({}, description="What it asks for, by name", max_length=10)
    note: Words = Field("", description="Why nothing is to be done, or why it is no answer")
    take_over: bool = Field(False, description="Also if somebody else has it")


class SettlementOut(Schema):
    """What was done."""

    done: str


@router.get("/inbox", response=Page[NeedOut], summary="List what needs a person")
def list_needs(request: Request, which: Query[Filter]) -> dict[str, Any]:
    """First what stops a clock, then the oldest."""
    scope = Scope(request.auth.user, _campaign(request, which.campaign) if which.campaign else None)
    found = standing.inbox(scope, now(), which.kind or "")
    return page_of_all(request, which, list(_told(found)))


@router.get("/inbox/{kind}/{ref}", response=NeedOut, summary="Show what needs a person")
def show_need(request: Request, kind: Kind, ref: Ref) -> dict[str, Any]:
    """404 if it is settled."""
    return next(_told([_find(request, kind, ref)]))


@router.post("/inbox/{kind}/{ref}/attention", response={201: NeedOut}, summary="Look at it")
def create_attention(request: Request, kind: Kind, ref: Ref, data: AttentionIn) -> Status[dict[str, Any]]:
    """Others read that you have it. After twenty minutes it counts as left."""
    need = _find(request, kind, ref).need
    attention = give_attention(need.key, request.auth.user, from_another=data.take_over)
    if attention.user_id != request.auth.user.pk:
        raise Trouble(CONFLICT, f"{attention.name} has this")
    return Status(201, next(_told([_find(request, kind, ref)])))


@router.delete("/inbox/{kind}/{ref}/attention", response=NeedOut, summary="Leave it to others")
def delete_attention(request: Request, kind: Kind, ref: Ref) -> dict[str, Any]:
    """409 if you have not got it."""
    if not leave(_find(request, kind, ref).need.key, request.auth.user):
        raise Trouble(CONFLICT, "You have not got this")
    return next(_told([_find(request, kind, ref)]))


@router.post("/inbox/{kind}/{ref}/settlement", response={201: SettlementOut}, summary="Settle it")
def create_need_settlement(request: Request, kind: Kind, ref: Ref, data: SettlementIn) -> Status[dict[str, Any]]:
    """Do one of its choices. 409 if somebody else has it."""
    said = {**data.said, **({"note": data.note, "aside": data.note} if data.note else {})}
    scope = Scope(request.auth.user)
    try:
        done = standing.settle(scope, kind, ref, data.do, said, now(), from_another=data.take_over)
    except IsGone:
        raise _gone(kind, ref) from None
    except NotSettled as reason:
        if not reason.field:
            raise Trouble(CONFLICT, str(reason)) from None
        fault = Fault(location=f"body/said/{reason.field}", detail=str(reason))
        raise Trouble(INVALID, str(reason), [fault]) from None
    return Status(201, {"done": done})


def _campaign(request: Request, slug: str) -> Campaign:
    """Raises Trouble (422)."""
    found = Campaign.objects.visible_to(request.auth.user).filter(slug=slug).first()
    if found is None:
        sentence = f"There is no campaign “{slug}”"
        raise Trouble(INVALID, sentence, [Fault(location="query/campaign", detail=sentence)])
    return found


def _find(request: Request, kind: str, ref: str) -> standing.Attended:
    try:
        return standing.find(Scope(request.auth.user), now(), kind, ref)
    except IsGone:
        raise _gone(kind, ref) from None


def _gone(kind: str, ref: str) -> Trouble:
    return Trouble(NOT_FOUND, f"Nothing of the kind “{kind}” waits under {ref}; perhaps it is settled")


def _told(found: Sequence[standing.Attended]) -> Iterator[dict[str, Any]]:
    kept = ("kind", "ref", "addressee", "title", "since", "stops", "source", "said", "guess", "choices", "asks")
    for each in found:
        need, attention = each.need, each.attention
        yield {name: getattr(need, name) for name in kept} | {
            "campaign": need.campaign.slug if need.campaign else None,
            "holder": attention.name if attention else "",
            "held_since": attention.since if attention else None,
            "url": f"/api/v1/inbox/{need.kind}/{need.ref}",
        }
