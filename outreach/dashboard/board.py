"""The board: where we are, what happens next and when, and how each addressee stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from outreach.approving import asks
from outreach.dashboard import expected, ladder, matrix
from outreach.dashboard.agenda import agenda
from outreach.dashboard.clock_choice import zones
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.interventions import deeds
from outreach.dashboard.letters import first_letters
from outreach.dashboard.progress import progress
from outreach.dashboard.scene import Scene
from outreach.dashboard.strip import strip
from outreach.dashboard.timetable import timetable
from outreach.dashboard.when import When
from outreach.dashboard.wires import routes
from outreach.forecast import forecast_of

QUICK, SLOW = 3, 15  # seconds between two looks: while something is on its way, and otherwise


@page
def board(request: HttpRequest, slug: str) -> HttpResponse:
    return show_board(request, campaign_of(request, slug))


def show_board(request: HttpRequest, campaign: Campaign, status: int = 200, **context: Any) -> HttpResponse:
    """The board of a campaign; of a draft, what will happen once it is published."""
    scene = Scene(campaign, moment.now())
    stops = timetable(scene)
    context |= {
        "scene": scene,
        "cards": ladder.cards(scene, stops),
        "strip": strip(scene, stops, When(campaign.time_zone, scene.now)),
    }
    if campaign.status == Campaign.Status.DRAFT:
        context = _draft(campaign) | context
        return show(request, "draft.html", campaign, title=campaign.name, tab="board", status=status, **context)
    context = _running(request, scene) | context
    return show(request, "board.html", campaign, title=campaign.name, tab="board", status=status, **context)


def _running(request: HttpRequest, scene: Scene) -> dict[str, Any]:
    rows, items, wave = matrix.rows(scene), agenda(scene), progress(scene)
    is_quick = moment.is_virtual() or bool(wave and wave.is_moving)
    return {
        "rows": rows,
        "tally": matrix.tally(rows),
        "agenda": items,
        "next_step": next((item for item in items if item.is_a_step), None),
        "wave": wave,
        "zones": zones(scene.campaign, scene.addressees),
        "asks": asks(scene.campaign, scene.now),
        "deeds": deeds(scene.campaign),
        "on_hold": [hold for hold in scene.holds if hold.keeps_the_clock() and hold.addressee_id is None],
        "is_live": request.GET.get("live") != "off" and scene.campaign.status == Campaign.Status.RUNNING,
        "pace": QUICK if is_quick else SLOW,
        "said": request.GET.get("said", ""),
    }


def _draft(campaign: Campaign) -> dict[str, Any]:
    edition, coming = edition_of(campaign), forecast_of(campaign, moment.now())
    first = edition.rules.ladder.rung(1).dispatches
    return {
        "letters": first_letters(edition),
        "lines": expected.lines(coming),
        "missing": expected.gaps(coming.missing, edition.step_titles),
        "routes": routes([channel for dispatch in first for channel in dispatch.channels]),
        "step_titles": edition.step_titles,
        "said_slug": "",
    }  # fmt: skip
