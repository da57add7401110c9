"""Who answers what, and when: the invented part of a rehearsal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """One invented answer, or bounce.

    It comes `at` an instant, `after` a span from publication, or right after the step it is `on` has been delivered.
    `read_after`: how long it lies unread. `outcomes`: by demand (or `all`), a kind and, for a commitment, its last day.
    """

    addressee: str
    kind: str = ""
    at: datetime | None = None
    after: timedelta | None = None
    on: str = ""
    bounce: str = ""
    text: str = ""
    read_after: timedelta = timedelta()
    outcomes: dict[str, tuple[str, date | None]] = field(default_factory=dict)

    def planned_at(self, published_at: datetime) -> datetime | None:
        """When it comes; None if that depends on a delivery."""
        return self.at or (published_at + self.after if self.after is not None else None)

    def outcomes_for(self, demands: Sequence[str]) -> Iterator[tuple[str, str, date | None]]:
        for named, (kind, until) in self.outcomes.items():
            for demand in demands if named == "all" else (named,):
                yield demand, kind, until


@dataclass(frozen=True, slots=True)
class Scenario:
    """`supporters`: how many invented people take part."""

    title: str
    note: str = ""
    supporters: int = 0
    answers: tuple[Answer, ...] = ()


SILENCE = Scenario("Nobody answers", "Every addressee stays silent.")
