"""One appeal in a rehearsal's own ledger."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaigns.deadline import end_of_day
from campaigns.edition import Edition
from campaigns.ladder import Ladder
from campaigns.moves import Wait
from campaigns.position import Position
from outreach.rehearsal.scenario import Answer

CLOSING = {"done", "partly"}


@dataclass(slots=True)
class Case:
    """`outcomes`: the newest of each demand, a kind and, for a commitment, its last day. `unread`: until when, what.

    `stopped_at`: since when a hold of the scenario keeps its clock still.
    """

    key: str
    position: Position
    status: str = "planned"
    outcomes: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    unread: list[tuple[datetime, Answer]] = field(default_factory=list)
    waits: Wait | None = None
    stopped_at: datetime | None = None

    @classmethod
    def new(cls, edition: Edition, key: str, signatures: int = 0) -> "Case":
        return cls(key, Position(appeal=key, place=edition.readers[key].place, signatures=signatures))

    def approve(self, ladder: Ladder, *, without: Collection[str] = ()) -> None:
        """Every step that needs it has been approved, but for those of these keys."""
        approvals = {rung.number: rung.approvers for rung in ladder if rung.key not in without}
        self.position = replace(self.position, approvals={**self.position.approvals, **approvals})

    @property
    def is_alive(self) -> bool:
        return self.status in ("planned", "waiting")

    def closed(self) -> set[str]:
        return {demand for demand, (kind, _) in self.outcomes.items() if kind in CLOSING}

    def open_demands(self, edition: Edition) -> set[str]:
        return set(edition.demands) - self.closed()

    def receive(self, answer: Answer, at: datetime) -> None:
        """An answer came; it lies unread for as long as the scenario says."""
        self.unread.append((at + answer.read_after, answer))
        self.position = replace(self.position, unread_since=self.position.unread_since or at)

    def read(self, now: datetime) -> Iterator[Answer]:
        """The answers that have been read by now."""
        done = sorted((each for each in self.unread if each[0] <= now), key=lambda each: each[0])
        self.unread = [each for each in self.unread if each[0] > now]
        if done:
            since = min((at - answer.read_after for at, answer in self.unread), default=None)
            self.position = replace(self.position, unread_since=since)
        yield from (answer for _, answer in done)

    def record(self, demand: str, kind: str, until: date | None, zone: ZoneInfo) -> None:
        self.outcomes[demand] = (kind, until)
        days = [day for key, (kind, day) in self.outcomes.items() if kind == "committed" and day]
        last = max((end_of_day(datetime(d.year, d.month, d.day, 12, tzinfo=zone), zone) for d in days), default=None)
        refused = any(kind == "refused" for kind, _ in self.outcomes.values())
        self.position = replace(self.position, committed_until=last, refused=refused)
