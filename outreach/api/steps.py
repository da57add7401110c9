from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.ladder import Dispatch
from campaigns.step import Step
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import PathKey, Texts

router = Router(tags=["steps"])


class DispatchOut(Schema):
    """What goes out at one moment."""

    audience: str = Field(
        description="addressees (those still silent), supporters, supporters of the silent, public, or a group's key"
    )
    channels: list[str]
    wording: str
    expires_after: int | None = Field(description="Seconds after which it is not sent any more")


class ReminderOut(DispatchOut):
    """A follow-up at the same level. Spans are seconds; one of `before` and `after` is null."""

    number: int
    before: int | None = Field(description="Seconds before the deadline")
    after: int | None = Field(description="Seconds after the step began")


class StepOut(Schema):
    """What happens at one level of the ladder."""

    number: int
    key: str
    title: Texts
    patience: int = Field(description="Seconds it waits for action")
    ends: str = Field(description="exact, or end of day in the campaign's time zone")
    days: str = Field(description="calendar, or business: the addressee's own working days")
    only_if: list[str] = Field(description="silent, refused, broken, unreachable: one must be so; empty for everyone")
    signatures: int = Field(description="How many there must be")
    at_once: bool = Field(description="It does not wait for the deadline before it")
    next: list[tuple[str, str]] = Field(description="Pairs: a stance, or otherwise; the step that follows, or end")
    approvers: int = Field(description="How many people must approve it")
    minimum_gap: int | None = Field(description="Seconds, in place of the campaign's")
    dispatches: list[DispatchOut]
    reminders: list[ReminderOut]
    url: str


@router.get("/{slug}/steps", response=Page[StepOut], summary="List steps")
def list_steps(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The ladder of the campaign, in order."""
    campaign = find.campaign(request, slug)
    return page_of(request, window, campaign.steps.all(), lambda rows: _described(slug, rows))


@router.get("/{slug}/steps/{key}", response=StepOut, summary="Show a step")
def show_step(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """One step of the ladder."""
    campaign = find.campaign(request, slug)
    step = find.find(campaign.steps.all(), f"There is no step “{key}” in “{slug}”", key=key)
    return next(_described(slug, [step]))


def _described(slug: str, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    for step in steps:
        rung = step.rung()
        reminders = [
            _dispatch(each.dispatch)
            | {"number": each.number, "before": _seconds(each.before), "after": _seconds(each.after)}
            for each in rung.reminders
        ]
        yield {
            "number": step.number,
            "key": step.key,
            "title": step.title,
            "patience": _seconds(step.patience),
            **{name: getattr(step, name) for name in ("ends", "days", "only_if", "signatures", "at_once", "next")},
            "approvers": step.approvers,
            "minimum_gap": _seconds(step.minimum_gap),
            "dispatches": [_dispatch(each) for each in rung.dispatches],
            "reminders": reminders,
            "url": f"/api/v1/campaigns/{slug}/steps/{step.key}",
        }


def _dispatch(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "audience": dispatch.whom,
        "channels": list(dispatch.channels),
        "wording": dispatch.wording,
        "expires_after": _seconds(dispatch.expires_after),
    }


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
