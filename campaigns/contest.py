"""Which of several wordings did better, or that there are too few to tell. Pure; asked once, at a moment fixed before.

Rates have Wilson's score interval, their differences Newcombe's interval made of it (R. G. Newcombe, «Interval
estimation for the difference between independent proportions», Statistics in Medicine 17 (1998), method 10), which stay
true where few or none did it. Of more than two wordings every pair is compared, each at a stricter level (Bonferroni).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one wording: of so many `readers`, so many `did` what is measured."""

    wording: str
    readers: int
    did: int

    @property
    def rate(self) -> float:
        return self.did / self.readers if self.readers else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; of rates, between 0 and 1; of differences, between -1 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`winner`: the wording that did better than every other; empty if there are too few to tell.

    `between`: for the two best, how much better the first may be than the second; None if there is only one.
    """

    winner: str
    intervals: tuple[Interval, ...]
    between: Interval | None


def wilson(did: int, readers: int, level: float = LEVEL) -> Interval:
    """The score interval of a rate; all of 0 to 1 if there are no readers."""
    if not readers:
        return Interval(0.0, 1.0)
    z, rate = _quantile(level), did / readers
    middle = (rate + z * z / (2 * readers)) / (1 + z * z / readers)
    half = z / (1 + z * z / readers) * sqrt(rate * (1 - rate) / readers + z * z / (4 * readers * readers))
    return Interval(max(0.0, middle - half) if did else 0.0, min(1.0, middle + half) if did < readers else 1.0)


def newcombe(one: Result, other: Result, level: float = LEVEL) -> Interval:
    """The interval of `one`'s rate less `other`'s."""
    first, second = wilson(one.did, one.readers, level), wilson(other.did, other.readers, level)
    difference = one.rate - other.rate
    below = sqrt((one.rate - first.low) ** 2 + (second.high - other.rate) ** 2)
    above = sqrt((first.high - one.rate) ** 2 + (other.rate - second.low) ** 2)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))


def verdict(results: Sequence[Result], *, more_is_better: bool = True, level: float = LEVEL) -> Verdict:
    """Who won. A wording wins if its difference to every other is on the better side for certain, as far as `level`
    is: for all pairs together it is as likely as that that no difference is seen where there is none.
    """
    pairs = list(combinations(results, 2))
    strict = 1 - (1 - level) / len(pairs) if pairs else level
    best_first = sorted(results, key=lambda each: each.rate, reverse=more_is_better)
    best, *others = best_first
    beaten = [_better(newcombe(best, other, strict), more_is_better=more_is_better) for other in others]
    between = newcombe(best, others[0], strict) if others else None
    intervals = tuple(wilson(each.did, each.readers, level) for each in results)
    return Verdict(best.wording if others and all(beaten) else "", intervals, between)


def smallest_difference(readers: int, rate: float, level: float = LEVEL, power: float = POWER) -> float:
    """Which difference to `rate` so many readers of each of two wordings show, four times out of five (`power`)."""
    if not readers:
        return 1.0
    z = _quantile(level) + NormalDist().inv_cdf(power)
    return min(1.0, z * sqrt(2 * rate * (1 - rate) / readers))


def _better(difference: Interval, *, more_is_better: bool) -> bool:
    return difference.low > 0 if more_is_better else difference.high < 0


def _quantile(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)
