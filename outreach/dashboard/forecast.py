"""What will leave, and when, if nobody acts: by day, by step, and what is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from outreach.dashboard import expected
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.when import When
from outreach.dashboard.words import channel_title
from outreach.forecast import Forecast, forecast_of

MOST_DAYS = 45
HEAT = (3, 10, 20, 100)  # messages a day at which the tint deepens


@dataclass(frozen=True, slots=True)
class Calendar:
    """Messages a day, a row for each kind: its title and, for each day, a number and a tint from 0 to 5."""

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@page
def forecast(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    coming, when = forecast_of(campaign, moment.now()), When(campaign.time_zone, moment.now())
    edition = edition_of(campaign)
    lines = expected.lines(coming)
    languages = Counter[str]()
    for line in lines:
        languages.update(dict(line.languages))
    return show(
        request,
        "forecast.html",
        campaign,
        title="Forecast",
        tab="forecast",
        lines=lines,
        total=sum(line.count for line in lines),
        languages=languages.most_common(),
        missing=expected.gaps(coming.missing, edition.step_titles),
        calendar=_calendar(coming, when),
        step_titles=edition.step_titles,
        supporters=campaign.supporters.reachable().count(),
    )


def _calendar(coming: Forecast, when: When) -> Calendar | None:
    """None if there is nothing to show, or more days than a table can hold."""
    counts: dict[str, Counter[date]] = {}
    for entry in coming.sends:
        day = when.local(entry.at).date()
        counts.setdefault(_kind(entry.audience, entry.channel), Counter())[day] += entry.count
    days = sorted({day for each in counts.values() for day in each})
    if not days or (days[-1] - days[0]).days > MOST_DAYS:
        return None
    span = tuple(days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1))
    rows = tuple((kind, tuple((each[day], _heat(each[day])) for day in span)) for kind, each in counts.items())
    return Calendar(span, rows)


def _kind(audience: str, channel: str) -> str:
    whom = {ADDRESSEES: "addressees", SUPPORTERS: "supporters", PUBLIC: ""}.get(audience, audience)
    return channel_title(channel) if expected.is_public(channel) or not whom else f"{channel_title(channel)} to {whom}"


def _heat(number: int) -> int:
    return 0 if number == 0 else 1 + sum(number > limit for limit in HEAT)
