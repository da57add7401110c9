"""How far the signatures are on the way to what a step of the campaign needs."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """`wanted` signatures are needed for the step called `step`; there are `count`."""

    wanted: int
    step: str
    count: int

    @property
    def is_reached(self) -> bool:
        return self.count >= self.wanted


def goal_of(count: int, steps: Iterable[tuple[int, str]]) -> Goal | None:
    """The next one, or the last once all are reached. `steps`: how many signatures each needs, and its title."""
    wanted = sorted((number, title) for number, title in steps if number)
    if not wanted:
        return None
    number, title = next(((number, title) for number, title in wanted if number > count), wanted[-1])
    return Goal(number, title, count)
