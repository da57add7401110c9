import tempfile
from pathlib import Path
from typing import Any

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from campaigns.edition import Edition
from campaigns.folder.defect import Defect
from campaigns.kept import edition_of
from outreach.api import find
from outreach.api.access import HARMLESS, Request
from outreach.api.layout import lines_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.values import Given, PathKey, Words
from outreach.rehearsal import Scenario, rehearse
from outreach.rehearsal.scenario_file import read_scenario

router = Router(tags=["rehearsal"])
MOST_ANSWERS = 1_000
FILE = "scenario.yaml"


class ScenarioIn(Given):
    """Who answers what, and when; as in a scenario file. An empty one: nobody answers."""

    model_config = ConfigDict(extra="allow")

    title: Words = "A rehearsal"
    note: Words | None = None
    supporters: int = Field(default=0, ge=0, le=1_000_000, description="How many invented people take part")
    answers: list[dict[str, Any]] = Field(
        default=[],
        max_length=MOST_ANSWERS,
        description="Each has an `addressee`; one of `at` (campaign's time), `after` (a span) and `on` (a step); "
        "a `kind` or a `bounce`; and may have `read_after` and `outcomes`",
    )
    outages: list[dict[str, Any]] = Field(
        default=[],
        max_length=MOST_ANSWERS,
        description="Each begins at one of `from` (campaign's time) and `after` (a span from publication), ends at one "
        "of `until` and `lasts`, and may name the `channel` whose provider is out; without it the whole system is",
    )
    holds: list[dict[str, Any]] = Field(
        default=[],
        max_length=MOST_ANSWERS,
        description="Each begins and may end as an outage, has a `reason`, and may be on an `addressee`, `step` or "
        "`channel`; without them on the campaign",
    )
    signatures: list[dict[str, Any]] = Field(
        default=[], max_length=MOST_ANSWERS, description="Each has a `count`, and one of `at` and `after`"
    )
    approvals: list[dict[str, Any]] = Field(
        default=[],
        max_length=MOST_ANSWERS,
        description="Each has a `step`, and one of `at` and `after`; with neither it is never approved. Steps that are "
        "not named are approved in time",
    )


class RehearsalOut(Schema):
    """The whole campaign on a virtual clock. Nothing was sent, and every answer in it is invented."""

    campaign: str
    title: str
    note: str
    scenario: str
    time_zone: str
    published_at: str = Field(description="With the offset of the campaign's time zone, as all times here")
    deadline: str
    appeals: list[dict[str, Any]] = Field(description="Where every addressee stands at the end, and what happened")
    deliveries: list[dict[str, Any]] = Field(description="Every message, in order")
    escalations: list[dict[str, Any]] = Field(description="Every step begun because a deadline passed")
    events: list[dict[str, Any]] = Field(description="Everything, in order")
    statuses: dict[str, int]
    virtual_days: float
    wall_seconds: float


@router.post("/{slug}/rehearsals", response=RehearsalOut, auth=HARMLESS, summary="Rehearse a campaign")
def create_rehearsal(request: Request, slug: PathKey, data: ScenarioIn) -> dict[str, Any]:
    """Run the campaign from publication to its end with these answers. Writes nothing: a key that reads is enough."""
    campaign = find.campaign(request, slug)
    if not campaign.steps.exists():
        raise Trouble(CONFLICT, f"“{slug}” has no steps yet: there is nothing to rehearse")
    edition = edition_of(campaign)
    return rehearse(edition, _scenario(data, edition)).as_json()


def _scenario(data: ScenarioIn, edition: Edition) -> Scenario:
    """Read as a scenario file is read, so that both say the same of the same mistake. Raises Trouble."""
    lines = list(lines_of(data.model_dump(exclude_unset=True) | {"title": data.title}))
    with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
        file = Path(folder) / FILE
        file.write_text("\n".join(text for text, _ in lines), encoding="utf-8")
        scenario, defects = read_scenario(file, edition)
    if scenario is None:
        faults = [_fault(defect, lines) for defect in defects]
        raise Trouble(INVALID, f"{faults[0].location}: {faults[0].detail}", faults)
    return scenario


def _fault(defect: Defect, lines: list[tuple[str, str]]) -> Fault:
    name = lines[min(defect.line, len(lines)) - 1][1]
    where = f"body/{name}".rstrip("/")
    return Fault(
        location=where, detail=defect.message, value=defect.shown or None, suggestion=defect.suggestion or None
    )
