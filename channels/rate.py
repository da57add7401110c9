"""So many in so long a time: what may be asked of an account or a recipient's domain."""

import re
from dataclasses import dataclass
from datetime import timedelta

UNITS = {
    "s": ("a second", timedelta(seconds=1)),
    "min": ("a minute", timedelta(minutes=1)),
    "hour": ("an hour", timedelta(hours=1)),
    "day": ("a day", timedelta(days=1)),
}
SAID = re.compile(rf"([1-9][0-9]{{0,6}})/({'|'.join(UNITS)})")
MICROSECOND = timedelta(microseconds=1)


LATE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `number` in any `period`, whenever it begins; of these up to `at_once` together after a pause.

    What is taken comes back one by one, each after `interval`. That is as long as it must be so that those taken at
    once and those that come back in the same period are never more than `number`; so the average is a little lower.
    `slack`: by so much one may come late for what came back without losing any of it.
    """

    number: int
    period: timedelta
    at_once: int

    @classmethod
    def parse(cls, said: str) -> "Rate":
        """`600/min`; the units are s, min, hour and day. Raises ValueError with a sentence.

        A tenth may go at once; of what counts by the second a quarter, for nobody looks a hundred times a second.
        """
        found = SAID.fullmatch(said.strip())
        if not found:
            raise ValueError(f"“{said}” is not a rate: say how many in which time, as in 600/min; there are {_units()}")
        number, part = int(found[1]), 4 if found[2] == "s" else 10
        return cls(number, UNITS[found[2]][1], max(1, number // part))

    @property
    def interval(self) -> timedelta:
        """In whole microseconds, rounded up: (period + slack) / (number - at_once + 1)."""
        places = self.number - self.at_once + 1
        shortest = _divided(4 * self.period, 4 * places - 1)
        return shortest if shortest < 4 * LATE else _divided(self.period + LATE, places)

    @property
    def slack(self) -> timedelta:
        """A quarter of the interval, and no more than a few seconds."""
        return min(self.interval // 4, LATE)

    def __str__(self) -> str:
        unit = next(said for said, period in UNITS.values() if period == self.period)
        return f"{self.number:,} {unit}"


def _divided(span: timedelta, places: int) -> timedelta:
    return -(-(span // MICROSECOND) // places) * MICROSECOND


def _units() -> str:
    return ", ".join(UNITS)
