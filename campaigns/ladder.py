"""The ladder as the plan sees it: plain values, no database. Built from a campaign's rows or from its folder."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.condition import FOR_EVERYONE, Condition, Stance, Standpoint
from campaigns.deadline import SECOND, Patience, earlier, later
from channels.channel import CHANNELS

ADDRESSEES, SUPPORTERS, PUBLIC = "addressees", "supporters", "public"
OF_THE_SILENT = "supporters of the silent"
END = "end"
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What goes out at one moment of a step: to whom, over which channels, in which wording.

    `audience` is `addressees` (those still silent), `supporters`, `public` (the campaign's own accounts) or the key
    of a group. `of_the_silent`: only supporters whose own representatives are among those the step is about. What could
    not leave for `expires_after` is not sent any more.
    """

    audience: str
    channels: tuple[str, ...]
    wording: str
    expires_after: timedelta | None = None
    of_the_silent: bool = False

    @classmethod
    def named(
        cls, audience: str, channels: tuple[str, ...], wording: str, expires_after: timedelta | None = None
    ) -> "Dispatch":
        """`audience` as a campaign file says it, which has one name more: `supporters of the silent`."""
        if audience == OF_THE_SILENT:
            return cls(SUPPORTERS, channels, wording, expires_after, of_the_silent=True)
        return cls(audience, channels, wording, expires_after)

    @property
    def whom(self) -> str:
        """The audience as a campaign file says it."""
        return OF_THE_SILENT if self.of_the_silent else self.audience

    @property
    def writes_to_addressees(self) -> bool:
        """Whether addressees get it themselves; a notice about them in public does not count."""
        return self.audience == ADDRESSEES and any(not CHANNELS[name].is_public for name in self.channels)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A follow-up at the same level: so long before the deadline, or after the step began. Numbered from 1."""

    number: int
    dispatch: Dispatch
    before: timedelta | None = None
    after: timedelta | None = None

    def at(self, begun_at: datetime, due_at: datetime, zone: ZoneInfo) -> datetime:
        """The instant (UTC) it is due. «Two days before the end of 5 May» begins with 4 May."""
        if self.before is not None:
            return earlier(due_at + SECOND, self.before, zone)
        return later(begun_at, self.after or timedelta(), zone)


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the ladder goes on for those who stand so: the key of a step, or `end`. `on` None: for everyone."""

    on: Stance | None
    to: str


def branches_of(pairs: Iterable[Sequence[str]]) -> tuple[Branch, ...]:
    """From pairs of a stance, or `otherwise`, and a key, as files and rows have them."""
    return tuple(Branch(None if on == OTHERWISE else Stance(on), to) for on, to in pairs)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder. Numbered from 1.

    `condition`: for whom it happens; for others it is left out. `at_once`: it does not wait for the deadline before it.
    `branches`: where the ladder goes on after it, the first that fits; else to the step that stands below.
    `approvers`: how many people must approve it before it goes. `minimum_gap`: in place of the campaign's.
    """

    number: int
    key: str
    patience: Patience
    dispatches: tuple[Dispatch, ...]
    reminders: tuple[Reminder, ...] = ()
    condition: Condition = FOR_EVERYONE
    at_once: bool = False
    branches: tuple[Branch, ...] = ()
    approvers: int = 0
    minimum_gap: timedelta | None = None

    def dispatches_of(self, reminder: int) -> tuple[Dispatch, ...]:
        """What the step's beginning (0) or one of its reminders sends."""
        if reminder == 0:
            return self.dispatches
        return tuple(each.dispatch for each in self.reminders if each.number == reminder)

    def writes_to_addressees(self, reminder: int) -> bool:
        return any(each.writes_to_addressees for each in self.dispatches_of(reminder))

    def branch(self, standpoint: Standpoint) -> Branch | None:
        """The first branch that fits; None if the ladder goes on with the step below."""
        return next((each for each in self.branches if each.on is None or each.on in standpoint.stances), None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that is left out because its condition does not hold, and the sentence that says so."""

    rung: int
    why: str


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the ladder goes on: to `rung`, or to its end (None); what is left out, and what was branched on."""

    rung: Rung | None
    skipped: tuple[Skipped, ...] = ()
    because: Stance | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ordered steps. Every way leads down, so that every appeal comes to an end."""

    rungs: tuple[Rung, ...]

    def __iter__(self) -> Iterator[Rung]:
        return iter(self.rungs)

    def rung(self, number: int) -> Rung:
        return self.rungs[number - 1]

    def onward(self, number: int, standpoint: Standpoint) -> Onward:
        """What follows step `number` for an addressee who stands so."""
        skipped: list[Skipped] = []
        following, because = self._below(self.rung(number), standpoint)
        while following is not None:
            if not (why := following.condition.why_not(standpoint)):
                return Onward(following, tuple(skipped), because)
            skipped.append(Skipped(following.number, why))
            following, because = self._below(following, standpoint)
        return Onward(None, tuple(skipped), because)

    def is_last(self, number: int) -> bool:
        """Whether nothing can follow step `number`, however the addressee stands."""
        rung = self.rung(number)
        is_decided = any(each.on is None for each in rung.branches)
        return all(each.to == END for each in rung.branches) and (is_decided or number == len(self.rungs))

    def if_silent(self, signatures: int | None = None) -> tuple[int, ...]:
        """The numbers of the steps that are taken if nobody ever answers; None: as if there were signatures enough."""
        enough = max(rung.condition.signatures for rung in self) if signatures is None else signatures
        silence, taken = Standpoint(signatures=enough), [1]
        while (rung := self.onward(taken[-1], silence).rung) is not None:
            taken.append(rung.number)
        return tuple(taken)

    def watches(self, number: int, stance: Stance | None = None) -> bool:
        """Whether a step after `number` may begin at once: when an addressee takes `stance`, or else by signatures."""
        later = (rung for rung in self.rungs[number:] if rung.at_once)
        if stance is None:
            return any(rung.condition.signatures for rung in later)
        return any(stance in rung.condition.stances for rung in later)

    def _below(self, rung: Rung, standpoint: Standpoint) -> tuple[Rung | None, Stance | None]:
        branch = rung.branch(standpoint)
        if branch is None:
            return (self.rungs[rung.number] if rung.number < len(self.rungs) else None), None
        return next((each for each in self.rungs[rung.number :] if each.key == branch.to), None), branch.on
