from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of_all
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import Channel, Key, PathKey
from outreach.forecast import Missing
from outreach.outlook import describe, outlook_of
from outreach.rehearsal import Entry

router = Router(tags=["forecast"])


class ForecastEventOut(Schema):
    """One thing that will happen if nobody acts."""

    at: datetime
    kind: str = Field(description="opening, reminder, escalation, send, wait, clock or exhausted")
    step: str
    reminder: int = Field(description="0 is the step itself")
    addressee: str | None = Field(description="Null for supporters and own accounts")
    audience: str
    channel: str
    concerns: list[str] = Field(description="Keys of the addressees a message is about")
    language: str
    fallback: bool = Field(description="Whether the reader gets another language than its first")
    subject: str
    count: int = Field(description="To how many it goes")
    detail: str
    due_at: datetime | None
    missed_at: datetime | None
    until: datetime | None


class MissingOut(Schema):
    """Something a person may want to mend."""

    addressee: str
    step: str
    channel: str
    sentence: str


class CollisionOut(Schema):
    """Where the forecast runs into a limit."""

    kind: str = Field(description="cap, window, wait, lapsed, unwritten or delayed")
    at: str = Field(description="With the offset of the campaign's time zone")
    until: str | None
    whom: str = Field(description="An addressee's key, or an inbox")
    sentence: str
    campaigns: list[str] = Field(description="For the cap: whose messages come together")


class CostOut(Schema):
    """What the messages of one channel cost, where its provider is paid for each."""

    channel: str
    messages: int
    cents: str
    left_of_the_budget: str | None
    is_too_much: bool


class ForecastOut(Page[ForecastEventOut]):
    """What a campaign will send, and when."""

    collisions: list[CollisionOut]
    costs: list[CostOut]
    missing: list[MissingOut] = Field(description="Addressees that a step cannot reach, or not in their language")


class Filter(Window):
    """Which events."""

    kind: Key | None = None
    addressee: Key | None = None
    channel: Channel | None = None


@router.get("/{slug}/forecast", response=ForecastOut, summary="Forecast a campaign")
def show_forecast(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """What will happen from now on if nobody acts; for a draft, from its planned publication."""
    campaign = find.campaign(request, slug)
    if not campaign.steps.exists():
        raise Trouble(CONFLICT, f"“{slug}” has no steps yet: there is nothing to forecast")
    outlook = outlook_of(campaign, now())
    told, zone = outlook.forecast, campaign.zone
    asked = {name: value for name in ("kind", "addressee", "channel") if (value := getattr(which, name))}
    events = [event for event in told.events if all(getattr(event, name) == asked[name] for name in asked)]
    page = page_of_all(request, which, events)
    missing = [{name: getattr(each, name) for name in Missing.__slots__} for each in told.missing]
    return page | {
        "items": [_describe(event) for event in page["items"]],
        "missing": missing,
        "collisions": [describe(each, zone) for each in outlook.collisions],
        "costs": [each.as_json() for each in outlook.costs],
    }


def _describe(event: Entry) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ForecastEventOut.model_fields}
