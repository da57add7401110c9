from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from campaigns.moment import now
from channels.channel import CHANNELS
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.values import Given, Instant, Key, Words

router = Router(tags=["holds"])
Held = StrEnum("Held", {name: name for name in (*CHANNELS, LETTERS)})  # type: ignore[misc]
DOMAIN = r"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$"
Standing = Annotated[bool | None, Field(description="true: only what stands now; false: only what has ended")]


class HoldOut(Schema):
    """A stop with a reason."""

    id: UUID
    what: str = Field(description="What is held, in words")
    campaign: str | None = Field(description="Null: in every campaign")
    step: str | None
    mailing: str | None
    addressee: str | None
    channel: str
    domain: str
    reason: str
    author: str
    began_at: datetime
    until: datetime | None
    note: str = Field(description="What public pages say while everything is stopped")
    is_doubt: bool = Field(description="The time is in doubt: only DELETE /stop?clock_is_right=true lifts it")
    lifted_at: datetime | None
    lifted_by: str
    url: str


class HoldIn(Given):
    """A stop to place on what all the named fields have in common."""

    reason: Words = Field(description="It is shown to everyone who wonders why nothing happens")
    campaign: Key | None = Field(None, description="Its slug; left out: in every campaign")
    step: Key | None = Field(None, description="Key of a step of the campaign")
    mailing: Key | None = Field(None, description="Key of a mailing of the campaign")
    addressee: Key | None = Field(None, description="Key of an addressee")
    channel: Held | None = Field(None, description="Or letters: those of supporters alone")
    domain: str = Field("", max_length=253, pattern=rf"^$|{DOMAIN}", description="Domain of recipients' addresses")
    until: Instant | None = Field(None, description="It ends by itself then; left out: a person lifts it")


class Filter(Window):
    """Which holds."""

    campaign: Key | None = None
    standing: Standing = None


@router.get("", response=Page[HoldOut], summary="List holds")
def list_holds(request: Request, which: Query[Filter]) -> dict[str, Any]:
    """Every hold there is or was, the newest first."""
    rows, standing = _visible(request), Hold.objects.standing(now())
    if which.campaign:
        rows = rows.filter(campaign__slug=which.campaign)
    if which.standing is not None:
        rows = rows.filter(pk__in=standing) if which.standing else rows.exclude(pk__in=standing)
    return page_of(request, which, rows.order_by("-began_at", "id"), lambda found: map(_describe, found))


@router.post("", response={201: HoldOut}, summary="Place a hold")
def create_hold(request: Request, data: HoldIn) -> Status[dict[str, Any]]:
    """Stop what all the fields name. On a campaign or an addressee it also keeps the clock still."""
    hold = Hold.objects.place(
        reason=data.reason, author=request.auth.name, now=now(), until=data.until, **_target(request, data)
    )
    return Status(201, _describe(hold))


@router.get("/{hold_id}", response=HoldOut, summary="Show a hold")
def show_hold(request: Request, hold_id: UUID) -> dict[str, Any]:
    """One hold, also after it was lifted."""
    return _describe(find.find(_visible(request), f"There is no hold {hold_id}", pk=hold_id))


@router.delete("/{hold_id}", response=HoldOut, summary="Lift a hold")
def delete_hold(request: Request, hold_id: UUID) -> dict[str, Any]:
    """Clocks that nothing else keeps still go on with the time they had left. The record of the hold stays."""
    hold = find.find(_visible(request), f"There is no hold {hold_id}", pk=hold_id)
    if not hold.lift(now(), request.auth.name):
        raise Trouble(CONFLICT, f"This hold was lifted before, by {hold.lifted_by}")
    return _describe(hold)


def _visible(request: Request) -> QuerySet[Hold]:
    seen = Q(campaign__in=Campaign.objects.visible_to(request.auth.user)) | Q(campaign=None)
    return Hold.objects.filter(seen).select_related("campaign", "step", "mailing", "addressee")


def _target(request: Request, data: HoldIn) -> dict[str, Any]:
    on: dict[str, Any] = {"channel": str(data.channel or ""), "domain": data.domain.lower()}
    if data.campaign:
        visible = Campaign.objects.visible_to(request.auth.user)
        on["campaign"] = find.named(visible, "campaign", f"There is no campaign “{data.campaign}”", slug=data.campaign)
    if data.addressee:
        sentence = f"There is no addressee “{data.addressee}”"
        on["addressee"] = find.named(find.addressees(request), "addressee", sentence, key=data.addressee)
    if data.step:
        campaign = _owner(on.get("campaign"), "A step")
        sentence = f"There is no step “{data.step}” in “{campaign.slug}”"
        on["step"] = find.named(campaign.steps.all(), "step", sentence, key=data.step)
    if data.mailing:
        campaign = _owner(on.get("campaign"), "A mailing")
        sentence = f"There is no mailing “{data.mailing}” in “{campaign.slug}”"
        on["mailing"] = find.named(campaign.mailings.all(), "mailing", sentence, key=data.mailing)
    return on


def _owner(campaign: Campaign | None, what: str) -> Campaign:
    if campaign is None:
        said = f"{what} belongs to a campaign: name that, too"
        raise Trouble(INVALID, said, [Fault(location="body/campaign", detail=said)])
    return campaign


def _describe(hold: Hold) -> dict[str, Any]:
    kept = (
        "id", "channel", "domain", "reason", "author", "began_at", "until", "note", "is_doubt", "lifted_at",
        "lifted_by",
    )  # fmt: skip
    return {name: getattr(hold, name) for name in kept} | {
        "what": hold.what(),
        "campaign": hold.campaign.slug if hold.campaign else None,
        "step": hold.step.key if hold.step else None,
        "mailing": hold.mailing.key if hold.mailing else None,
        "addressee": hold.addressee.key if hold.addressee else None,
        "url": f"/api/v1/holds/{hold.pk}",
    }
