"""When the letters that wait for one inbox leave: a few by themselves, and what is above that together. Pure.

Letters of one campaign that wait for one inbox are a pile. The oldest leaves by itself, one after the other, so many an
hour and a day over all campaigns. Once a day, at a moment of its own, a pile that is more than can leave so goes as a
digest, but for the letters with most own words, which still leave by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
APART = timedelta(hours=20)
"""Between two digests of one pile: less than a day, so that one that was late does not delay the next."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`an_hour`, `a_day`: how many letters an inbox gets by themselves. `least`: no digest has fewer above those."""

    an_hour: int
    a_day: int
    least: int

    @property
    def interval(self) -> timedelta:
        """From one letter to the next."""
        return HOUR / self.an_hour


@dataclass(frozen=True, slots=True)
class Gone:
    """What went to an inbox. `singles`: when letters by themselves did, or may have, within the last day.

    While one `is_on_its_way` (or a digest is), what came of it is not known yet, and no other follows.
    """

    singles: Sequence[datetime] = ()
    is_single_on_its_way: bool = False
    is_digest_on_its_way: bool = False

    def room(self, pace: Pace, now: datetime) -> int:
        """How many may go by themselves before a day has passed."""
        return max(0, pace.a_day - sum(at > now - DAY for at in self.singles))

    def next_single_at(self, pace: Pace, now: datetime) -> datetime:
        """When the next may go by itself: now, or later."""
        latest_first = sorted(self.singles, reverse=True)
        waits = [latest_first[0] + pace.interval] if latest_first else []
        waits += [latest_first[n - 1] + span for n, span in pace_of(pace) if len(latest_first) >= n]
        return max(now, *waits) if waits else now


@dataclass(frozen=True, slots=True)
class Pile:
    """`waiting`: how many letters; `oldest_at`: when the first of them was confirmed.

    `ready`: how many waited when the time for its digest came; 0 if it has not come, or a digest must not go now.
    `opens_at`, `digest_at`: when a letter may go next as far as the office's hours and holds are concerned, and when
    the next digest may. `digests_only`: the office asked for it.
    """

    key: UUID
    waiting: int
    oldest_at: datetime
    opens_at: datetime
    digest_at: datetime
    ready: int = 0
    digests_only: bool = False

    def above(self, room: int, pace: Pace) -> int:
        """How many are too many to leave by themselves, if they are enough for a digest."""
        if self.digests_only:
            return self.ready
        return self.ready - room if self.ready - room >= pace.least else 0


@dataclass(frozen=True, slots=True)
class Single:
    """The oldest letter of a pile leaves by itself."""

    pile: UUID


@dataclass(frozen=True, slots=True)
class Digest:
    """A pile leaves together, but for so many with most own words."""

    pile: UUID
    keep: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing leaves before `until`, unless something else happens."""

    until: datetime


def decide(piles: Sequence[Pile], gone: Gone, pace: Pace, now: datetime) -> Single | Digest | Rest:
    """What leaves now for one inbox. Asked again after each."""
    room = gone.room(pace, now)
    above = {pile.key: pile.above(room, pace) for pile in piles}
    most = max(piles, key=lambda pile: above[pile.key], default=None)
    if most is not None and above[most.key] and not gone.is_digest_on_its_way:
        return Digest(most.key, 0 if most.digests_only else room)
    alone = [pile for pile in piles if not pile.digests_only]
    at = gone.next_single_at(pace, now)
    is_open = [pile for pile in alone if pile.opens_at <= now]
    if at <= now and is_open and not gone.is_single_on_its_way:
        return Single(min(is_open, key=lambda pile: pile.oldest_at).key)
    instants = [max(at, pile.opens_at) for pile in alone] + [pile.digest_at for pile in piles]
    return Rest(min((each for each in instants if each > now), default=now + HOUR))


def pace_of(pace: Pace) -> tuple[tuple[int, timedelta], tuple[int, timedelta]]:
    """So many within so long."""
    return (pace.an_hour, HOUR), (pace.a_day, DAY)


def last_moment(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The last time (UTC) that the clocks of a place showed `at`."""
    today = now.astimezone(zone).date()
    return max(each for each in (_on(today, at, zone), _on(today - DAY, at, zone)) if each <= now)


def next_moment(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The next time (UTC) that they will."""
    today = now.astimezone(zone).date()
    return min(each for each in (_on(today, at, zone), _on(today + DAY, at, zone)) if each > now)


def is_digest_due(last_at: datetime | None, moment: datetime, now: datetime) -> bool:
    """Whether a pile's time for a digest came at `moment`, and none has gone since, nor shortly before."""
    return last_at is None or (last_at < moment and last_at <= now - APART)


def _on(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
