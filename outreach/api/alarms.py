"""Alarms over signatures, and those who got no mail because of where they came from."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from campaigns.suspects import NoSuspects, Suspects
from outreach.alarm import Alarm, end_alarms, raise_alarm
from outreach.api import find
from outreach.api.access import Request
from outreach.api.invalidations import GlimpseOut, InvalidationIn, SuspectsIn
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Trouble
from outreach.api.values import Given, PathKey, Words
from outreach.hint import give_hint
from outreach.notify import send_notices
from outreach.release import Release, preview_release, release

router = Router(tags=["alarms"])


class AlarmIn(Given):
    """Ask for proofs of work until somebody ends it."""

    reason: Words = Field(min_length=1)


class AlarmOut(Schema):
    """Far more sign than come by themselves, or somebody says so."""

    id: UUID
    of: str = Field(description="network, domain, all or staff")
    value: str
    number: int = Field(description="Of the last hour (a network, a domain) or of ten minutes (all)")
    usual: float
    said: str
    author: str
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended_by: str


class EndOut(Schema):
    """How many alarms ended."""

    ended: int


class HeldOut(Schema):
    """Who would get the mail that asks to confirm."""

    number: int
    sample: list[GlimpseOut]


class ReleaseOut(Schema):
    """Who let them have their mail, and how many they were."""

    id: UUID
    suspects: dict[str, str]
    reason: str
    author: str
    at: datetime
    number: int


@router.get("/{slug}/alarms", response=Page[AlarmOut], summary="List alarms over signatures")
def list_alarms(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Those that stand and those that are over; the newest first."""
    rows = Alarm.objects.filter(campaign=find.campaign(request, slug)).order_by("-began_at", "id")
    return page_of(request, window, rows, lambda alarms: [_described(each) for each in alarms])


@router.post("/{slug}/alarms", response={201: AlarmOut}, summary="Raise an alarm")
def create_alarm(request: Request, slug: PathKey, data: AlarmIn) -> Status[dict[str, Any]]:
    """From now on the form asks for a proof of work."""
    campaign = find.campaign(request, slug)
    alarm = raise_alarm(campaign, reason=data.reason, author=request.auth.name, now=now())
    if alarm is None:
        raise Trouble(CONFLICT, f"Somebody raised the alarm over “{slug}” before, and it stands")
    return Status(201, _described(alarm))


@router.delete("/{slug}/alarms", response=EndOut, summary="End the alarm")
def delete_alarms(request: Request, slug: PathKey) -> dict[str, int]:
    """All that stand; none begins by itself for an hour."""
    campaign = find.campaign(request, slug)
    return {"ended": end_alarms(campaign, author=request.auth.name, now=now())}


@router.post("/{slug}/release-preview", response=HeldOut, summary="Preview sending held mail")
def show_release_preview(request: Request, slug: PathKey, data: SuspectsIn) -> dict[str, Any]:
    """How many of them got no mail yet, and some of them. Changes nothing."""
    campaign = find.campaign(request, slug)
    try:
        return asdict(preview_release(campaign, Suspects(**data.model_dump()), now()))
    except NoSuspects as problem:
        raise Trouble(INVALID, str(problem)) from problem


@router.get("/{slug}/releases", response=Page[ReleaseOut], summary="List who got held mail after all")
def list_releases(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The newest first."""
    rows = Release.objects.filter(campaign=find.campaign(request, slug)).order_by("-at", "id")
    return page_of(request, window, rows, lambda releases: [_released(each) for each in releases])


@router.post("/{slug}/releases", response={201: ReleaseOut}, summary="Send held mail")
def create_release(request: Request, slug: PathKey, data: InvalidationIn) -> Status[dict[str, Any]]:
    """To those of them who got none: the mail that asks to confirm, one a second."""
    said, campaign = data.model_dump(exclude={"reason"}), find.campaign(request, slug)
    try:
        kept = release(campaign, Suspects(**said), reason=data.reason, author=request.auth.name, now=now())
    except NoSuspects as problem:
        raise Trouble(INVALID, str(problem)) from problem
    give_hint(send_notices)
    return Status(201, _released(kept))


def _described(alarm: Alarm) -> dict[str, Any]:
    names = ("id", "of", "value", "number", "usual", "said", "author", "began_at", "seen_at", "ended_at", "ended_by")
    return {name: getattr(alarm, name) for name in names}


def _released(kept: Release) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in ("id", "suspects", "reason", "author", "at", "number")}
