"""Who answers what, and when: the invented part of a rehearsal."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from campaigns.representation import is_represented


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
class Outage:
    """A provider, or without a channel the whole system, does nothing from `since` up to `until` (UTC)."""

    since: datetime
    until: datetime
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Halt:
    """A hold on the campaign or on one of an addressee, a step and a channel; without an end it stays."""

    reason: str
    since: datetime
    until: datetime | None = None
    addressee: str = ""
    step: str = ""
    channel: str = ""

    @property
    def keeps_the_clock(self) -> bool:
        return not self.step and not self.channel


@dataclass(frozen=True, slots=True)
class Signed:
    """So many signatures there are from `at` on; fewer than before where some were found to be invalid."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Approval:
    """When a step is approved by as many people as it needs; None: never."""

    step: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """`supporters`: how many invented people take part, and sign; `divisions`: how many are represented where.

    `approved`: whether approvers say yes before it is time, but for the steps in `approvals`.
    """

    title: str
    note: str = ""
    supporters: int = 0
    answers: tuple[Answer, ...] = ()
    outages: tuple[Outage, ...] = ()
    holds: tuple[Halt, ...] = ()
    divisions: Mapping[str, int] | None = None
    approved: bool = True
    signatures: tuple[Signed, ...] = ()
    approvals: tuple[Approval, ...] = ()

    def represented_in(self, divisions: Collection[str], everywhere: Collection[str]) -> int:
        """How many supporters are represented in `divisions`; spread evenly where nothing is said of theirs."""
        if self.divisions is None:
            return self.supporters * len(divisions) // len(everywhere) if divisions else 0
        return sum(number for each, number in self.divisions.items() if is_represented(each, divisions))

    def answers_on(self, step: str, addressee: str) -> Iterator[Answer]:
        """What this addressee answers to this step."""
        return (each for each in self.answers if (each.addressee, each.on) == (addressee, step) and not each.bounce)

    def bounce_of(self, step: str, addressee: str) -> str:
        """What a server says that sends this step's message back; empty if it arrives."""
        on_it = (each.bounce for each in self.answers if (each.addressee, each.on) == (addressee, step))
        return next((bounce for bounce in on_it if bounce), "")

    def back_at(self, now: datetime, channel: str = "") -> datetime:
        """`now`, or the end of what is out then: the channel's provider, or without a channel the whole system."""
        ends = [each.until for each in self.outages if each.channel == channel and each.since <= now < each.until]
        return self.back_at(max(ends), channel) if ends else now


SILENCE = Scenario("Nobody answers", "Every addressee stays silent.")
