from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.coming import coming
from campaigns.moment import now
from campaigns.moves import Begin, Exhaust, Remind, StartClock
from campaigns.outcome import Standing, standings
from campaigns.wave import Pause
from outreach.api import find
from outreach.api.access import Request
from outreach.api.outcomes import OutcomeOut, describe
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Key, PathKey
from outreach.standing import positions

router = Router(tags=["appeals"])
Status = Annotated[Appeal.Status | None, Field(description="Only appeals in this status")]


class PauseOut(Schema):
    """Why something that was due did not happen."""

    code: str
    sentence: str
    began_at: datetime
    until: datetime | None
    ended_at: datetime | None


class StandingOut(Schema):
    """How one demand stands."""

    demand: str
    is_open: bool
    outcome: OutcomeOut | None


class AppealOut(Schema):
    """The campaign put to one addressee."""

    id: UUID
    campaign: str
    addressee: str
    addressee_name: str
    status: str = Field(description="planned, waiting, acted, exhausted or withdrawn")
    step: str | None = Field(description="Key of the step whose deadline runs")
    begun_at: datetime | None
    due_at: datetime | None = Field(description="The last second in time")
    stopped_at: datetime | None = Field(description="Since when a hold keeps the clock still")
    ended_at: datetime | None
    demands: list[StandingOut]
    waits_for: list[PauseOut] = Field(description="Why what is due does not happen now")
    url: str


class TurnOut(Schema):
    """The record that a step or a reminder began."""

    kind: str = Field(description="opening, follow-up, escalation, or at once")
    step: str
    reminder: int
    at: datetime
    due_at: datetime | None
    missed_at: datetime | None


class SkipOut(Schema):
    """A step that was left out because its condition did not hold."""

    step: str
    sentence: str
    at: datetime


class NextOut(Schema):
    """What the clock does next if nobody acts."""

    what: str = Field(description="step, reminder, clock (its time begins) or end")
    step: str | None
    at: datetime | None = Field(description="When; null if only a person or an event can tell")
    stops: list[str] = Field(description="What would stop it then, as things stand")


class AppealInFull(AppealOut):
    """An appeal with its history, and what comes next."""

    turns: list[TurnOut]
    pauses: list[PauseOut] = Field(description="Every reason to wait there was, in order")
    skips: list[SkipOut] = Field(description="Steps that were left out, and why")
    comes_next: NextOut | None = Field(description="Null if it has ended, is on hold, or waits for proof of delivery")


class Filter(Window):
    """Which appeals."""

    status: Status = None
    step: Key | None = None


@router.get("/campaigns/{slug}/appeals", response=Page[AppealOut], summary="List appeals")
def list_appeals(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """Where every addressee stands, by name: its step and deadline, what is open, and what is waited for."""
    rows = _loaded(find.campaign(request, slug).appeals.all()).order_by("addressee__name", "id")
    if which.status:
        rows = rows.filter(status=which.status)
    if which.step:
        rows = rows.filter(step__key=which.step)
    return page_of(request, which, rows, describe_all)


@router.get("/appeals/{appeal_id}", response=AppealInFull, summary="Show an appeal")
def show_appeal(request: Request, appeal_id: UUID) -> dict[str, Any]:
    """One appeal, with every step, reminder and pause it had, and what comes next."""
    visible = Appeal.objects.visible_to(request.auth.user)
    appeal = find.find(_loaded(visible), f"There is no appeal {appeal_id}", pk=appeal_id)
    turns = [
        {name: getattr(turn, name) for name in ("kind", "reminder", "at", "due_at", "missed_at")}
        | {"step": turn.step.key}
        for turn in appeal.turns.select_related("step")
    ]
    skips = [{"step": s.step.key, "sentence": s.sentence, "at": s.at} for s in appeal.skips.select_related("step")]
    history = {"turns": turns, "pauses": list(appeal.pauses.all()), "skips": skips, "comes_next": _next(appeal)}
    return next(describe_all([appeal])) | history


def _next(appeal: Appeal) -> dict[str, Any] | None:
    if appeal.status not in Appeal.ALIVE or appeal.stopped_at is not None:
        return None
    (position,) = positions(appeal.campaign, [appeal], now())
    rules = appeal.campaign.rules()
    if (found := coming(rules, position, now())) is None:
        return None
    kinds = {Begin: "step", Remind: "reminder", StartClock: "clock", Exhaust: "end"}
    step = rules.ladder.rung(found.wanted.rung).key if isinstance(found.wanted, Begin | Remind) else None
    stops = [reason.sentence for reason in found.stops]
    return {"what": kinds[type(found.wanted)], "step": step, "at": found.at, "stops": stops}


def describe_all(appeals: Sequence[Appeal]) -> Iterator[dict[str, Any]]:
    """A few queries, however many appeals; they belong to one campaign."""
    standing = standings(appeals)
    prefetch_related_objects([each for found in standing.values() for each in found.latest.values()], "reviews")
    for appeal in appeals:
        kept = ("id", "status", "begun_at", "due_at", "stopped_at", "ended_at")
        pauses: list[Pause] = appeal.running_pauses  # type: ignore[attr-defined]
        yield {name: getattr(appeal, name) for name in kept} | {
            "campaign": appeal.campaign.slug,
            "addressee": appeal.addressee.key,
            "addressee_name": appeal.addressee.name,
            "step": appeal.step.key if appeal.step else None,
            "demands": list(_standing(appeal, standing[appeal.pk])),
            "waits_for": pauses,
            "url": f"/api/v1/appeals/{appeal.pk}",
        }


def _standing(appeal: Appeal, standing: Standing) -> Iterable[dict[str, Any]]:
    for demand in standing.demands:
        outcome = standing.outcome(demand)
        told = describe(outcome, appeal, demand) if outcome else None
        yield {"demand": demand.key, "is_open": not standing.is_closed(demand), "outcome": told}


def _loaded(appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
    running = Prefetch("pauses", Pause.objects.filter(ended_at=None), to_attr="running_pauses")
    return appeals.select_related("campaign", "addressee", "step").prefetch_related(running)
