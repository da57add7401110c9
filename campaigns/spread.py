"""Many messages, not all at once: who has which turn, the same however often it is asked.

A message's *share* is a number from 0 up to 1 made of its names, so that it is spread by chance and yet always the
same. The open time over which messages are spread is kept in pieces, so that a database can place a million shares in
one statement (`outreach.turn`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import md5
from itertools import accumulate
from math import ceil

from campaigns.place import Place
from campaigns.window import Window, opens, spans

LONGEST = timedelta(days=14)
HOURS = tuple(time(hour) for hour in range(24))
BY_DAY = (1, 1, 1, 1, 1, 2, 4, 8, 10, 12, 12, 10, 8, 8, 8, 8, 8, 9, 10, 10, 9, 6, 4, 2)
"""How much is sent in each hour of a day, beside the others: our own estimate of when people read their messages."""


class Curve(StrEnum):
    """Whether as much goes out at any hour, or more when people read their messages."""

    EVEN = "even"
    DAY = "day"

    def weight(self, hour: int) -> int:
        return BY_DAY[hour] if self is Curve.DAY else 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Shares from `share` to `share + width` have their turn from `start` (UTC), over so many `seconds`."""

    share: float
    width: float
    start: datetime
    seconds: float

    def at(self, share: float) -> datetime:
        """The whole second after `start` at which a share in this piece has its turn."""
        seconds = int((share - self.share) / self.width * self.seconds)
        return self.start + timedelta(seconds=min(seconds, max(0, ceil(self.seconds) - 1)))  # 1 - 2**-53 rounds up

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)


def pieces(window: Window, place: Place, at: datetime, spread: timedelta, curve: Curve) -> tuple[Piece, ...]:
    """The open time from `at` on over which messages are spread. Raises NeverOpens.

    A day of `spread` is the open time of one day; what is left of it is hours, no more than a day has.
    """
    if not spread:
        return (Piece(0.0, 1.0, opens(window, place, at), 0.0),)
    wanted, taken = open_time(window, spread), list[tuple[datetime, float, float]]()
    for start, end in spans(window, place, at, HOURS if curve is Curve.DAY else ()):
        seconds = min(end - start, wanted).total_seconds()
        taken.append((start, seconds, seconds * curve.weight(start.astimezone(place.zone).hour)))
        wanted -= min(end - start, wanted)
        if not wanted:
            break
    return _shared_out(taken) if taken else (Piece(0.0, 1.0, opens(window, place, at), 0.0),)


def turn(pieces: Sequence[Piece], share: float) -> datetime:
    """When a message with this share may leave (UTC)."""
    return pieces[bisect_right([piece.share for piece in pieces], share) - 1].at(share)


def share(*names: str) -> float:
    """From 0 up to 1, the same for the same names. PostgreSQL makes the same number of them."""
    return int(md5("/".join(names).encode(), usedforsecurity=False).hexdigest()[:8], 16) / 2**32


def open_time(window: Window, spread: timedelta) -> timedelta:
    """How much open time there is in so many days and hours."""
    days, rest = divmod(spread, timedelta(days=1))
    return days * window.length + min(rest, window.length)


def _shared_out(taken: Sequence[tuple[datetime, float, float]]) -> tuple[Piece, ...]:
    whole = sum(weight for _, _, weight in taken)
    ends = list(accumulate(weight / whole for _, _, weight in taken))
    begins = [0.0, *ends[:-1]]
    return tuple(
        Piece(begin, end - begin, start, seconds)
        for (start, seconds, _), begin, end in zip(taken, begins, ends, strict=True)
    )
