"""What will leave, and when, if nobody acts: by day, hour and step, what collides, what is missing, what it costs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.edition import Edition
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from outreach.collisions import grouped
from outreach.dashboard import expected
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.when import When
from outreach.dashboard.words import channel_title, listing, some
from outreach.forecast import Forecast, forecast_of
from outreach.outlook import outlook_of
from outreach.rehearsal.calendar import calendar
from outreach.rehearsal.record import Entry

MOST_DAYS = 45
MOST_NAMES = 6
HEAT = (3, 10, 20, 100)  # messages a day at which the tint deepens


@dataclass(frozen=True, slots=True)
class Calendar:
    """Messages a day, a row for each kind: its title and, for each day, a number and a tint from 0 to 5."""

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Messages an hour on one day, a row for each kind, as in a calendar."""

    day: date
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@page
def forecast(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    outlook, when = outlook_of(campaign, moment.now()), When(campaign.time_zone, moment.now())
    coming = outlook.forecast
    edition = coming.rehearsal.edition
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
        days=sorted({when.local(entry.at).date() for entry in coming.sends}),
        hours=_hours(coming, when, request.GET.get("day", "")),
        collisions=[(first, _names(edition, whom)) for first, whom in grouped(outlook.collisions)],
        costs=outlook.costs,
        addressee=_one(coming, request.GET.get("addressee", "")),
        readers=[(key, edition.readers[key].office.name) for key in edition.asked],
        chosen=request.GET.get("addressee", ""),
        step_titles=edition.step_titles,
        supporters=campaign.supporters.reachable().count(),
    )


@page
def forecast_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for the calendars people have."""
    campaign = campaign_of(request, slug)
    now = moment.now()
    coming = forecast_of(campaign, now)
    content = calendar(coming.rehearsal, "A forecast: what is sent if nobody acts.", now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{campaign.slug}-forecast.ics"'
    return response


def _hours(coming: Forecast, when: When, wanted: str) -> Hours | None:
    """Of the day that is asked for, or else of the fullest one."""
    by_day: Counter[date] = Counter()
    for entry in coming.sends:
        by_day[when.local(entry.at).date()] += entry.count
    if not by_day:
        return None
    fullest = max(by_day, key=lambda day: (by_day[day], -day.toordinal()))
    day = next((each for each in by_day if each.isoformat() == wanted), fullest)
    counts: dict[str, Counter[int]] = {}
    for entry in coming.sends:
        local = when.local(entry.at)
        if local.date() == day:
            counts.setdefault(_kind(entry.audience, entry.channel), Counter())[local.hour] += entry.count
    rows = ((kind, tuple((each[hour], _heat(each[hour])) for hour in range(24))) for kind, each in counts.items())
    return Hours(day, tuple(rows))


def _one(coming: Forecast, key: str) -> list[Entry]:
    """What will happen to one addressee, or be sent to it or about it."""
    return [entry for entry in coming.events if entry.addressee == key] if key else []


def _names(edition: Edition, whom: Sequence[str]) -> str:
    """Names of offices; an inbox or an audience as it is. Many are counted."""
    names = [edition.readers[each].office.name if each in edition.readers else each for each in whom]
    return some(names, "addressees") if len(names) > MOST_NAMES else listing(names)


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
