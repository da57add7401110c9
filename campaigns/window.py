"""When messages may go out: hours of the day, on days of work or on all, by the clock and calendar of one place.

Nothing here is kept as an offset: each question is answered from the wall clock of the place at that moment, so that
nine o'clock stays nine o'clock when the clocks are changed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from campaigns.deadline import SECOND
from campaigns.place import Place

DAY = timedelta(days=1)
MIDNIGHT = time()
LONGEST_SEARCH = 40  # days; no calendar rests longer in one piece


class NeverOpens(ValueError):
    """A window that does not open within the days searched: its place knows no day of work."""


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens_at` up to, but without, `closes_at`; over midnight if that is not later. Both midnight: all day.

    A moment is inside if its time of day is, and if the day it falls on is none of rest: a window over midnight that
    keeps to workdays closes when Friday ends.
    """

    opens_at: time = MIDNIGHT
    closes_at: time = MIDNIGHT
    is_for_workdays: bool = False
    skips_holidays: bool = False

    @property
    def is_always_open(self) -> bool:
        return self == Window()

    @property
    def length(self) -> timedelta:
        """How long it is open on a day without a change of the clocks."""
        opens, closes = (timedelta(hours=at.hour, minutes=at.minute) for at in (self.opens_at, self.closes_at))
        return closes - opens if closes > opens else DAY - opens + closes

    def is_open(self, place: Place, at: datetime) -> bool:
        local = at.astimezone(place.zone)
        return self._has(local.time()) and self.rest(place, at) is None

    def rest(self, place: Place, at: datetime) -> str | None:
        """Why the whole day is one of rest; None if it is not."""
        day = at.astimezone(place.zone).date()
        return place.rest_on(day, weekends=self.is_for_workdays, holidays=self.skips_holidays)

    def marks(self) -> set[time]:
        """The times of day at which it can open or close."""
        return {MIDNIGHT, self.opens_at, self.closes_at}

    def _has(self, clock: time) -> bool:
        if self.opens_at < self.closes_at:
            return self.opens_at <= clock < self.closes_at
        return clock >= self.opens_at or clock < self.closes_at


def opens(window: Window, place: Place, at: datetime) -> datetime:
    """`at` itself if the window is open then, else the first instant (UTC) after it. Raises NeverOpens."""
    for moment in _edges(place.zone, at, window.marks()):
        if window.is_open(place, moment):
            return moment
    raise NeverOpens(f"nothing opens within {LONGEST_SEARCH} days in {place.zone.key}")


def spans(
    window: Window, place: Place, at: datetime, marks: Collection[time] = ()
) -> Iterator[tuple[datetime, datetime]]:
    """The open time from `at` on, in pieces (from, up to; UTC), cut also where the clock shows one of `marks`."""
    for start, end in pairwise(_edges(place.zone, at, {*marks, *window.marks()})):
        if start < end and window.is_open(place, start):
            yield start, end


def _edges(zone: ZoneInfo, at: datetime, marks: Collection[time]) -> Iterator[datetime]:
    """`at`, and every instant after it at which the clock of `zone` shows one of `marks` or is changed."""
    start = at.astimezone(UTC)
    for _ in range(LONGEST_SEARCH):
        for low, high in _steady(zone, start, start + DAY):
            yield low
            yield from sorted(_shown(zone, low, high, marks))
        start += DAY


def _shown(zone: ZoneInfo, low: datetime, high: datetime, marks: Collection[time]) -> Iterator[datetime]:
    """When, between the two and with no change of the clocks there, a clock shows one of `marks`."""
    offset = _offset(zone, low)
    day, last = (low + offset).date(), (high + offset).date()
    while day <= last:
        for mark in marks:
            moment = datetime.combine(day, mark, UTC) - offset
            if low < moment < high:
                yield moment
        day += DAY


def _steady(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time between, parted where the clocks are put forward or back; no zone does that twice within a day."""
    if _offset(zone, start) == _offset(zone, end):
        yield start, end
        return
    before, after = start.replace(microsecond=0), end.replace(microsecond=0) + SECOND
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _offset(zone, middle) == _offset(zone, start) else (before, middle)
    yield start, after
    yield after, end


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
