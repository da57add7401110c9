"""When a span of patience ends, in whole seconds, with wall-clock rules resolved in the campaign's zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
LAST_SECOND = time(23, 59, 59)


class Ends(StrEnum):
    """Whether a deadline falls at the same time of day as the beginning, or at the end of its day."""

    EXACT = "exact"
    END_OF_DAY = "end of day"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a step waits for action before the next one begins."""

    span: timedelta
    ends: Ends = Ends.EXACT

    def deadline(self, begun_at: datetime, zone: ZoneInfo) -> datetime:
        """The last second (UTC) that is still in time for a step begun at `begun_at`.

        Whole days are days of the calendar in `zone`, so seven days over a change of the clocks end at the same
        time of day; what is left of the span is hours of real time. The day a step begins on is day zero.
        """
        end = later(begun_at, self.span, zone)
        if self.ends is Ends.END_OF_DAY:
            return end_of_day(end, zone)
        return end - SECOND


def later(start: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """`start` plus whole calendar days in `zone` plus the rest of `span` in real time, as UTC whole seconds."""
    days, rest = timedelta(days=span.days), span - timedelta(days=span.days)
    return ((start.astimezone(zone) + days).astimezone(UTC) + rest).replace(microsecond=0)


def earlier(end: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """The instant `span` before `end`, counted as `later` counts."""
    days, rest = timedelta(days=span.days), span - timedelta(days=span.days)
    return ((end.astimezone(zone) - days).astimezone(UTC) - rest).replace(microsecond=0)


def end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """The last second (UTC) of the day that `moment` falls on in `zone`; where it comes twice, the later one."""
    return datetime.combine(moment.astimezone(zone).date(), LAST_SECOND, zone).replace(fold=1).astimezone(UTC)


def start_of_next_day(moment: datetime, zone: ZoneInfo) -> datetime:
    return end_of_day(moment, zone) + SECOND
