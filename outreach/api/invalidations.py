from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.invalidation import Invalidation, invalidate, preview
from campaigns.moment import now
from campaigns.suspects import LONGEST, NoSuspects, Suspects
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of, page_of_all
from outreach.api.problem import CONFLICT, INVALID, Trouble
from outreach.api.values import Given, Instant, PathKey, Words
from outreach.origins import origins

router = Router(tags=["invalidations"])
PATTERN = "* is anything, ? one character; capitals do not count"


class SuspectsIn(Given):
    """Which signatures; all that is said must hold."""

    domain: str = Field("", max_length=253, description="Of the address, with all below it")
    network: str = Field("", max_length=32, description="As the list of origins names it")
    since: Instant | None = Field(None, description="Signed then or later")
    until: Instant | None = Field(None, description="Signed then or before")
    marked: str = Field("", max_length=20, description="trap, quick, role, disposable, network or domain")
    name: str = Field("", max_length=LONGEST, description=f"Pattern of the name: {PATTERN}")
    mailbox: str = Field("", max_length=LONGEST, description=f"Pattern of what stands before the @: {PATTERN}")


class InvalidationIn(SuspectsIn):
    """Signatures to take out."""

    reason: Words = Field(min_length=1)


class GlimpseOut(Schema):
    """One of those who are meant; name and address are masked."""

    name: str
    address: str
    signed_at: datetime
    state: str
    marks: list[str]


class MeantOut(Schema):
    """Whom a batch would take out."""

    number: int
    counted: int = Field(description="How many of them count now")
    sample: list[GlimpseOut]


class InvalidationOut(Schema):
    """Signatures that were taken out together."""

    id: UUID
    suspects: dict[str, str]
    reason: str
    author: str
    at: datetime
    number: int = Field(description="Signatures taken out so far")
    done_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    url: str


class OriginOut(Schema):
    """What came in one hour from one network or domain."""

    hour: datetime
    of: str = Field(description="network or domain")
    value: str
    signed: int
    confirmed: int
    marked: int


class Lately(Window):
    """How far to look back."""

    hours: int = Field(24, ge=1, le=24 * 31)


@router.get("/{slug}/signature-origins", response=Page[OriginOut], summary="List where signatures come from")
def list_origins(request: Request, slug: PathKey, span: Query[Lately]) -> dict[str, Any]:
    """The networks and domains that most came from, hour by hour."""
    found = origins(find.campaign(request, slug), now(), span.hours)
    return page_of_all(request, span, [asdict(each) for each in found])


@router.post("/{slug}/invalidation-preview", response=MeantOut, summary="Preview taking signatures out")
def show_preview(request: Request, slug: PathKey, data: SuspectsIn) -> dict[str, Any]:
    """How many it would be, and some of them. Changes nothing."""
    campaign = find.campaign(request, slug)
    try:
        return asdict(preview(campaign, Suspects(**data.model_dump()), now()))
    except NoSuspects as problem:
        raise Trouble(INVALID, str(problem)) from problem


@router.get("/{slug}/invalidations", response=Page[InvalidationOut], summary="List what was taken out")
def list_invalidations(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Every batch of signatures, also those that were put back; the newest first."""
    rows = Invalidation.objects.filter(campaign=find.campaign(request, slug)).select_related("campaign")
    return page_of(request, window, rows.order_by("-at", "id"), _described)


@router.post("/{slug}/invalidations", response={201: InvalidationOut}, summary="Take signatures out")
def create_invalidation(request: Request, slug: PathKey, data: InvalidationIn) -> Status[dict[str, Any]]:
    """As one batch, which can be undone. Only who has signed by now is meant. The count follows."""
    said, campaign = data.model_dump(exclude={"reason"}), find.campaign(request, slug)
    try:
        batch = invalidate(campaign, Suspects(**said), reason=data.reason, author=request.auth.name, now=now())
    except NoSuspects as problem:
        raise Trouble(INVALID, str(problem)) from problem
    return Status(201, _described([batch])[0])


@router.get("/{slug}/invalidations/{batch_id}", response=InvalidationOut, summary="Show a batch")
def show_invalidation(request: Request, slug: PathKey, batch_id: UUID) -> dict[str, Any]:
    """One batch, also after it was undone."""
    return _described([_find(find.campaign(request, slug), batch_id)])[0]


@router.delete("/{slug}/invalidations/{batch_id}", response=InvalidationOut, summary="Put signatures back")
def delete_invalidation(request: Request, slug: PathKey, batch_id: UUID) -> dict[str, Any]:
    """Each as it was, counted or waiting. The record of the batch stays."""
    batch = _find(find.campaign(request, slug), batch_id)
    if batch.undone_at:
        raise Trouble(CONFLICT, f"This batch was undone before, by {batch.undone_by}")
    batch.undo(request.auth.name, now())
    return _described([batch])[0]


def _find(campaign: Campaign, batch_id: UUID) -> Invalidation:
    rows = Invalidation.objects.filter(campaign=campaign).select_related("campaign")
    return find.find(rows, f"There is no batch {batch_id} in “{campaign.slug}”", pk=batch_id)


def _described(batches: Sequence[Invalidation]) -> list[dict[str, Any]]:
    kept = ("id", "suspects", "reason", "author", "at", "number", "done_at", "undone_by", "undone_at")
    return [
        {name: getattr(each, name) for name in kept}
        | {"url": f"/api/v1/campaigns/{each.campaign.slug}/invalidations/{each.pk}"}
        for each in batches
    ]
