from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.demand import Demand
from campaigns.moment import now
from campaigns.outcome import Outcome, record_outcome
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Day, Given, Key, PathKey, Words

router = Router(tags=["outcomes"])
Number = Annotated[int, Path(..., ge=1, le=2**63 - 1)]


class OutcomeOut(Schema):
    """What an addressee did about one demand. Never changed; a correction is a newer entry."""

    id: int
    appeal: UUID
    demand: str
    kind: str = Field(description="refused, committed, partly, done, or none: a correction")
    until: date | None = Field(description="The last day of a commitment, in the campaign's time zone")
    summary: str
    evidence: str
    author: str
    at: datetime
    url: str


class OutcomeIn(Given):
    """An outcome to record."""

    demand: Key = Field(description="The key of the demand")
    kind: Outcome.Kind = Field(description="done and partly close the demand; refused closes nothing")
    evidence: Words = Field(description="A link, or what shows it")
    until: Day | None = Field(None, description="The last day of a commitment, in the campaign's time zone")
    summary: Words = ""


@router.get("/campaigns/{slug}/outcomes", response=Page[OutcomeOut], summary="List the outcomes of a campaign")
def list_outcomes_of_campaign(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The ledger of positions, oldest entry first."""
    rows = Outcome.objects.filter(appeal__campaign=find.campaign(request, slug)).select_related("demand", "appeal")
    return page_of(request, window, rows, lambda found: [describe(o, o.appeal, o.demand) for o in found])


@router.get("/appeals/{appeal_id}/outcomes", response=Page[OutcomeOut], summary="List the outcomes of an appeal")
def list_outcomes(request: Request, appeal_id: UUID, window: Query[Window]) -> dict[str, Any]:
    """What this addressee did, oldest entry first; the newest of a demand counts."""
    appeal = find.appeal(request, appeal_id)
    rows = appeal.outcomes.select_related("demand")
    return page_of(request, window, rows, lambda found: [describe(o, appeal, o.demand) for o in found])


@router.post("/appeals/{appeal_id}/outcomes", response={201: OutcomeOut}, summary="Record an outcome")
def create_outcome(request: Request, appeal_id: UUID, data: OutcomeIn) -> Status[dict[str, Any]]:
    """Write what the addressee did about a demand. The clock stops when no demand is open any more."""
    appeal = find.appeal(request, appeal_id)
    sentence = f"There is no demand “{data.demand}” in “{appeal.campaign.slug}”"
    demand = find.named(appeal.campaign.demands.all(), "demand", sentence, key=data.demand)
    given = data.model_dump(exclude={"demand"})
    outcome = record_outcome(appeal, demand, **given, author=request.auth.name, now=now())
    return Status(201, describe(outcome, appeal, demand))


@router.get("/outcomes/{outcome_id}", response=OutcomeOut, summary="Show an outcome")
def show_outcome(request: Request, outcome_id: Number) -> dict[str, Any]:
    """One entry of the ledger."""
    visible = Outcome.objects.filter(appeal__in=Appeal.objects.visible_to(request.auth.user))
    rows = visible.select_related("demand", "appeal")
    outcome = find.find(rows, f"There is no outcome {outcome_id}", pk=outcome_id)
    return describe(outcome, outcome.appeal, outcome.demand)


def describe(outcome: Outcome, appeal: Appeal, demand: Demand) -> dict[str, Any]:
    """The outcome for an answer, from rows that are at hand."""
    kept = ("id", "kind", "until", "summary", "evidence", "author", "at")
    named = {"appeal": appeal.pk, "demand": demand.key, "url": f"/api/v1/outcomes/{outcome.pk}"}
    return {name: getattr(outcome, name) for name in kept} | named
