"""When a span of patience ends, in whole seconds: on the campaign's clock, or on the addressee's own working days."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaigns.place import Place

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
LAST_SECOND = time(23, 59, 59)


class Ends(StrEnum):
    """Whether a deadline falls at the same time of day as the beginning, or at the end of its day."""

    EXACT = "exact"
    END_OF_DAY = "end of day"


class Days(StrEnum):
    """Which days a patience counts: every one, or those on which people at the addressee's place are at work."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a step waits for action before the next one begins. A span of business days is whole days."""

    span: timedelta
    ends: Ends = Ends.EXACT
    days: Days = Days.CALENDAR

    def deadline(self, begun_at: datetime, zone: ZoneInfo, place: Place | None = None) -> datetime:
        """The last second (UTC) that is still in time for a step begun at `begun_at`.

        Whole days are days of the calendar in `zone`, so seven days over a change of the clocks end at the same
        time of day; what is left of the span is hours of real time. The day a step begins on is day zero.
        Business days are those of `place`, on its own clock: neither its weekend nor a public holiday of its country.
        Where no place is known they are the weekdays in `zone`.
        """
        if self.days is Days.BUSINESS:
            place = place or Place(zone)
            end, zone = business_days_later(begun_at, self.span.days, place), place.zone
        else:
            end = later(begun_at, self.span, zone)
        if self.ends is Ends.END_OF_DAY:
            return end_of_day(end, zone)
        return end - SECOND


def later(start: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """`start` plus whole calendar days in `zone` plus the rest of `span` in real time, as UTC whole seconds."""
    days, rest = timedelta(days=span.days), span - timedelta(days=span.days)
    return ((start.astimezone(zone) + days).astimezone(UTC) + rest).replace(microsecond=0)


def business_days_later(start: datetime, number: int, place: Place) -> datetime:
    """The same time of day (UTC whole seconds) on the `number`th working day after that of `start` in `place`.

    A year without a single working day has no end of patience: every day of it counts, as it would for anyone.
    """
    local = start.astimezone(place.zone)
    day, worked = local.date(), 0
    for _ in range(366 + 8 * number):
        if worked == number:
            break
        day += DAY
        worked += place.rest_on(day, weekends=True, holidays=True) is None
    else:
        day = local.date() + number * DAY
    return datetime.combine(day, local.time(), place.zone).astimezone(UTC).replace(microsecond=0)


def earlier(end: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """The instant `span` before `end`, counted as `later` counts."""
    days, rest = timedelta(days=span.days), span - timedelta(days=span.days)
    return ((end.astimezone(zone) - days).astimezone(UTC) - rest).replace(microsecond=0)


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """The last second (UTC) of the day that `moment` falls on in `zone`; where it comes twice, the later one."""
    return datetime.combine(moment.astimezone(zone).date(), LAST_SECOND, zone).replace(fold=1).astimezone(UTC)


def start_of_next_day(moment: datetime, zone: ZoneInfo) -> datetime:
    return end_of_day(moment, zone) + SECOND
