"""Where an appeal stands, and the rules it is judged by: all that a pass of the clock needs, as plain values."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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
    `trouble`: what went wrong, in words that end the sentence «the message of 28 April …».
    """

    at: datetime
    proven_at: datetime | None = None
    accepted_at: datetime | None = None
    trouble: str = ""


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
    dated commitment on a demand that is not closed. `unread_since`: when the oldest unread answer came.
    """

    appeal: Hashable
    place: Place
    rung: int = 0
    begun_at: datetime | None = None
    due_at: datetime | None = None
    reminded: frozenset[int] = frozenset()
    committed_until: datetime | None = None
    unread_since: datetime | None = None
    last_message: LastMessage | None = None
    stops: tuple[Stop, ...] = ()
