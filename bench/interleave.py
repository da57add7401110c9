"""Runs that take turns, so that what disturbs the machine disturbs all of them alike."""

from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def interleaved(rounds: int, runs: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """What each run gave in each round; every round begins with another one."""
    names, results = list(runs), {name: list[T]() for name in runs}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            results[name].append(runs[name]())
    return results


def middle(results: list[T], value: Callable[[T], float]) -> float:
    """The median of one value of the results."""
    return median(map(value, results))
