"""An account that is new to its recipients sends little at first and more each day, so that it is trusted."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import log

from channels.rate import Rate

SAID = re.compile(r"(\d{4}-\d{2}-\d{2}):([1-9][0-9]{0,6})\*([0-9](?:\.[0-9]{1,2})?)")
LEAST_GROWTH = 1.05
UNLIMITED = 1_000_000  # a day: from there on it is warm
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WarmUp:
    """`number` on `first_day` (UTC) and on any day before it, `growth` times as many each following day."""

    first_day: date
    number: int
    growth: float

    @classmethod
    def parse(cls, said: str) -> "WarmUp":
        """`2026-11-24:50*2`: 50 on that day, then twice as many each day. Raises ValueError with a sentence."""
        found = SAID.fullmatch(said.strip())
        if not found:
            raise ValueError(f"“{said}” is not a warm-up: say first day, number and growth, as in 2026-11-24:50*2")
        growth = float(found[3])
        if growth < LEAST_GROWTH:
            raise ValueError(f"“{said}” never becomes warm: let it grow by {LEAST_GROWTH} or more each day")
        try:
            return cls(date.fromisoformat(found[1]), int(found[2]), growth)
        except ValueError:
            raise ValueError(f"“{said}” begins on a day that is in no calendar") from None

    def rate(self, now: datetime) -> Rate | None:
        """What may go on the day (UTC) that `now` is in, half of it at once; None once it is warm.

        It counts for that day alone: the next one begins with a count of its own.
        """
        days = max(0, (now.astimezone(UTC).date() - self.first_day).days)
        if log(self.number) + days * log(self.growth) >= log(UNLIMITED):
            return None
        today = int(self.number * self.growth**days)
        return Rate(today, DAY, -(-today // 2))
