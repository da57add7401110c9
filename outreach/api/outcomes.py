from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.demand import Demand
from campaigns.moment import now
from campaigns.outcome import Outcome
from campaigns.review import review
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Day, Given, Key, PathKey, Words
from outreach.exhibit import Shown, record_shown

router = Router(tags=["outcomes"])
Number = Annotated[int, Path(..., ge=1, le=2**63 - 1)]


class ReviewOut(Schema):
    """A second person has looked at an outcome and its evidence."""

    reviewer: str
    holds: bool = Field(description="Whether the evidence shows what the outcome says")
    note: str
    at: datetime


class OutcomeOut(Schema):
    """What an addressee did about one demand. Never changed; a correction is a newer entry."""

    id: int
    appeal: UUID
    demand: str
    kind: str = Field(description="refused, deflected, committed, partly, done, or none: a correction")
    until: date | None = Field(description="The last day of a commitment, in the campaign's time zone")
    summary: str
    evidence: str
    evidence_kind: str = Field(description="words, link, response (one of their answers) or file")
    shown_by: str | None = Field(description="Path of the answer or the file that shows it")
    author: str
    at: datetime
    reviews: list[ReviewOut] = Field(description="Second people who looked at it, oldest first")
    url: str


class OutcomeIn(Given):
    """An outcome to record."""

    demand: Key = Field(description="The key of the demand")
    kind: Outcome.Kind = Field(description="done and partly close the demand; refused and deflected close nothing")
    evidence: Words = Field("", description="A link, or what shows it; may be left out with `response` or `file`")
    response: UUID | None = Field(None, description="The answer of theirs that shows it")
    file: UUID | None = Field(None, description="The file that shows it, sent to /appeals/{appeal_id}/files before")
    until: Day | None = Field(None, description="The last day of a commitment, in the campaign's time zone")
    summary: Words = ""


class ReviewIn(Given):
    """What a second person found."""

    holds: bool = Field(True, description="Whether the evidence shows what the outcome says")
    note: Words = Field("", description="What is wrong, if it does not")


@router.get("/campaigns/{slug}/outcomes", response=Page[OutcomeOut], summary="List the outcomes of a campaign")
def list_outcomes_of_campaign(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The ledger of positions, oldest entry first."""
    rows = Outcome.objects.filter(appeal__campaign=find.campaign(request, slug)).select_related("demand", "appeal")
    rows = rows.prefetch_related("reviews")
    return page_of(request, window, rows, lambda found: [describe(o, o.appeal, o.demand) for o in found])


@router.get("/appeals/{appeal_id}/outcomes", response=Page[OutcomeOut], summary="List the outcomes of an appeal")
def list_outcomes(request: Request, appeal_id: UUID, window: Query[Window]) -> dict[str, Any]:
    """What this addressee did, oldest entry first; the newest of a demand counts."""
    appeal = find.appeal(request, appeal_id)
    rows = appeal.outcomes.select_related("demand").prefetch_related("reviews")
    return page_of(request, window, rows, lambda found: [describe(o, appeal, o.demand) for o in found])


@router.post("/appeals/{appeal_id}/outcomes", response={201: OutcomeOut}, summary="Record an outcome")
def create_outcome(request: Request, appeal_id: UUID, data: OutcomeIn) -> Status[dict[str, Any]]:
    """Write what the addressee did about a demand. The clock stops when no demand is open any more."""
    appeal = find.appeal(request, appeal_id)
    sentence = f"There is no demand “{data.demand}” in “{appeal.campaign.slug}”"
    demand = find.named(appeal.campaign.demands.all(), "demand", sentence, key=data.demand)
    outcome = record_shown(
        appeal,
        demand,
        data.kind,
        _shown(appeal, data),
        author=request.auth.name,
        now=now(),
        until=data.until,
        summary=data.summary,
    )
    return Status(201, describe(outcome, appeal, demand))


@router.post("/outcomes/{outcome_id}/reviews", response={201: OutcomeOut}, summary="Review an outcome")
def create_review(request: Request, outcome_id: Number, data: ReviewIn) -> Status[dict[str, Any]]:
    """A second person has looked at it. A doubt changes nothing by itself; a correction is a newer outcome."""
    outcome = _find(request, outcome_id)
    review(outcome, reviewer=request.auth.name, now=now(), holds=data.holds, note=data.note)
    outcome = _find(request, outcome_id)
    return Status(201, describe(outcome, outcome.appeal, outcome.demand))


@router.get("/outcomes/{outcome_id}", response=OutcomeOut, summary="Show an outcome")
def show_outcome(request: Request, outcome_id: Number) -> dict[str, Any]:
    """One entry of the ledger."""
    outcome = _find(request, outcome_id)
    return describe(outcome, outcome.appeal, outcome.demand)


def describe(outcome: Outcome, appeal: Appeal, demand: Demand) -> dict[str, Any]:
    """The outcome for an answer, from rows that are at hand."""
    kept = ("id", "kind", "until", "summary", "evidence", "evidence_kind", "author", "at")
    looked = ("reviewer", "holds", "note", "at")
    return {name: getattr(outcome, name) for name in kept} | {
        "appeal": appeal.pk,
        "demand": demand.key,
        "shown_by": _path_of_evidence(outcome),
        "reviews": [{name: getattr(each, name) for name in looked} for each in outcome.reviews.all()],
        "url": f"/api/v1/outcomes/{outcome.pk}",
    }


def _find(request: Request, outcome_id: int) -> Outcome:
    visible = Outcome.objects.filter(appeal__in=Appeal.objects.visible_to(request.auth.user))
    rows = visible.select_related("demand", "appeal").prefetch_related("reviews")
    return find.find(rows, f"There is no outcome {outcome_id}", pk=outcome_id)


def _shown(appeal: Appeal, data: OutcomeIn) -> Shown:
    """What the body names as evidence. Raises Trouble (422) that points to the field."""
    response = exhibit = None
    if data.response is not None:
        sentence = f"This addressee sent no answer {data.response}"
        response = find.named(appeal.responses.all(), "response", sentence, pk=data.response)
    elif data.file is not None:
        sentence = f"No file {data.file} is kept of this appeal"
        exhibit = find.named(appeal.exhibits.defer("content"), "file", sentence, pk=data.file)
    return Shown(data.evidence, response, exhibit)


def _path_of_evidence(outcome: Outcome) -> str | None:
    if outcome.shown_by is None:
        return None
    if outcome.evidence_kind == Outcome.Shown.RESPONSE:
        return f"/api/v1/responses/{outcome.shown_by}"
    return f"/api/v1/files/{outcome.shown_by}"
