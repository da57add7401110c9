"""A rehearsal on a page: with a scenario that is written there, or in silence. Nothing is kept of it."""

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from campaigns.edition import Edition
from campaigns.kept import edition_of
from outreach.dashboard.door import campaign_of, for_staff
from outreach.dashboard.frame import show
from outreach.rehearsal import SILENCE, Scenario, rehearse
from outreach.rehearsal.scenario_file import read_scenario
from outreach.shown import shown

MOST_CHARACTERS = 200_000
Problems = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST only brings a scenario that would be too long for an address; it changes nothing either."""
    campaign = campaign_of(request, slug)
    edition = edition_of(campaign)
    said = request.POST.get("scenario", "")
    scenario, problems = _scenario(said, edition)
    found = shown(rehearse(edition, scenario)) if scenario and edition.rules.ladder.rungs else None
    return show(
        request,
        "rehearsal.html",
        campaign,
        title="Rehearsal",
        tab="forecast",
        status=422 if problems else 200,
        problems=problems,
        said=said,
        shown=found,
        step_titles=edition.step_titles,
    )


def _scenario(said: str, edition: Edition) -> tuple[Scenario | None, Problems]:
    """Read as a scenario file is read, so that both say the same of the same mistake."""
    if not said.strip():
        return SILENCE, []
    if len(said) > MOST_CHARACTERS:
        return None, [("scenario", f"A scenario has at most {MOST_CHARACTERS:,} characters")]
    with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
        file = Path(folder) / "scenario.yaml"
        file.write_text(said.replace("\r\n", "\n"), encoding="utf-8")
        scenario, defects = read_scenario(file, edition)
    return scenario, [("scenario", f"Line {defect.line}: {defect.message}") for defect in defects]
