"""Where an appeal stands, and the rules it is judged by: all that a pass of the clock needs, as plain values."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaigns.condition import Stance, Standpoint
from campaigns.ladder import Ladder
from campaigns.place import Place
from campaigns.sending import Sending


class Clock(StrEnum):
    """What starts the deadline: one public instant for all, or the proven delivery to each addressee."""

    PUBLICATION = "publication"
    DELIVERY = "delivery"


class Satisfied(StrEnum):
    """Whether all demands must be closed for an appeal to count as acted, or any one of them."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Fairness:
    """What a campaign promises not to do to an addressee."""

    minimum_gap: timedelta = timedelta(hours=24)
    respects_weekends: bool = False
    respects_holidays: bool = False
    proof_after: timedelta = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Rules:
    """A campaign as its clock sees it."""

    ladder: Ladder
    zone: ZoneInfo
    published_at: datetime
    clock: Clock = Clock.PUBLICATION
    fairness: Fairness = field(default_factory=Fairness)
    sending: Sending = field(default_factory=Sending)


@dataclass(frozen=True, slots=True)
class LastMessage:
    """The newest message that was to reach an addressee, over whichever channel came closest.

    `proven_at`: when a channel first proved it delivered. `accepted_at`: when one last took it without proof.
    `trouble`: what went wrong, in words that end the sentence «the letter of 28 April …». `out_of_reach`: and no
    address is left. `trying`: what is tried instead just now: «the second address».
    """

    at: datetime
    proven_at: datetime | None = None
    accepted_at: datetime | None = None
    trouble: str = ""
    out_of_reach: bool = False
    trying: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A hold that stands on an appeal now: its reason and, if known, its end.

    One on a step or a channel concerns only what would begin with that step or go out over that channel.
    """

    what: str
    reason: str
    until: datetime | None = None
    rung: int | None = None
    channel: str | None = None

    def concerns(self, rung: int, channels: frozenset[str]) -> bool:
        return self.rung in (None, rung) and (self.channel is None or self.channel in channels)


@dataclass(frozen=True, slots=True)
class Position:
    """One appeal at one moment. `rung` is 0 until its first step has begun; all instants are UTC.

    `reminded`: the numbers of this step's reminders that have begun. `committed_until`: the last second of the latest
    dated commitment on a demand that is not closed. `refused`: such a demand is refused. `unread_since`: when the
    oldest unread answer came. `taken`: the numbers of the steps that have begun; all up to `rung` if empty.
    `approvals`: by step number, how many people have approved it for this appeal. `signatures`: the campaign's.
    """

    appeal: Hashable
    place: Place
    rung: int = 0
    begun_at: datetime | None = None
    due_at: datetime | None = None
    reminded: frozenset[int] = frozenset()
    committed_until: datetime | None = None
    refused: bool = False
    unread_since: datetime | None = None
    last_message: LastMessage | None = None
    stops: tuple[Stop, ...] = ()
    taken: frozenset[int] = frozenset()
    approvals: Mapping[int, int] = field(default_factory=dict)
    signatures: int = 0

    def at_step(self, rung: int, begun_at: datetime, due_at: datetime | None) -> "Position":
        """The position once that step has begun."""
        taken = (self.taken or frozenset(range(1, self.rung + 1))) | {rung}
        return replace(self, rung=rung, begun_at=begun_at, due_at=due_at, reminded=frozenset(), taken=taken)

    def standpoint(self, ladder: Ladder, now: datetime) -> Standpoint:
        """What the ladder's conditions and branches are judged by at `now`."""
        is_broken = self.committed_until is not None and self.committed_until < now
        stances = {
            Stance.SILENT: not self.refused and self.committed_until is None,
            Stance.REFUSED: self.refused,
            Stance.BROKEN: is_broken,
            Stance.UNREACHABLE: self.is_unreachable(ladder),
        }
        return Standpoint(frozenset(stance for stance, is_so in stances.items() if is_so), self.signatures)

    def is_unreachable(self, ladder: Ladder) -> bool:
        """Whether what was to reach them did not, and no address is left; or whether there never was one."""
        return self.last_message.out_of_reach if self.last_message else self.was_to_be_written_to(ladder)

    def was_to_be_written_to(self, ladder: Ladder) -> bool:
        """Whether a step that has begun writes to addressees."""
        taken = self.taken or range(1, self.rung + 1)
        return any(ladder.rung(number).writes_to_addressees(0) for number in taken)
