"""The ladder as the plan sees it: plain values, no database. Built from a campaign's rows or from its folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.deadline import SECOND, Patience, earlier, later
from channels.channel import CHANNELS

ADDRESSEES, SUPPORTERS, PUBLIC = "addressees", "supporters", "public"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What goes out at one moment of a step: to whom, over which channels, in which wording.

    `audience` is `addressees` (those still silent), `supporters`, `public` (the campaign's own accounts) or the key
    of a group. What could not leave for `expires_after` is not sent any more.
    """

    audience: str
    channels: tuple[str, ...]
    wording: str
    expires_after: timedelta | None = None

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
class Rung:
    """One step of the ladder. Numbered from 1."""

    number: int
    key: str
    patience: Patience
    dispatches: tuple[Dispatch, ...]
    reminders: tuple[Reminder, ...] = ()

    def dispatches_of(self, reminder: int) -> tuple[Dispatch, ...]:
        """What the step's beginning (0) or one of its reminders sends."""
        if reminder == 0:
            return self.dispatches
        return tuple(each.dispatch for each in self.reminders if each.number == reminder)

    def writes_to_addressees(self, reminder: int) -> bool:
        return any(each.writes_to_addressees for each in self.dispatches_of(reminder))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ordered steps."""

    rungs: tuple[Rung, ...]

    def __iter__(self) -> Iterator[Rung]:
        return iter(self.rungs)

    def rung(self, number: int) -> Rung:
        return self.rungs[number - 1]

    def after(self, number: int) -> Rung | None:
        """The step that follows `number`; None after the last one."""
        return self.rungs[number] if number < len(self.rungs) else None
