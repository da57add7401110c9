"""What an appeal may need: a step, a reminder, its time begun, its end; or to wait, and why. Plain values."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from campaigns.condition import Stance
from campaigns.guards import Reason
from campaigns.ladder import Skipped


@dataclass(frozen=True, slots=True)
class Begin:
    """A step begins: the first one, or the next because a deadline passed (`missed_at`), or one that need not wait.

    `left` and `was_due`: the step that ends with it, 0 for none, and that one's deadline. `skipped`: steps left out on
    the way, each with the reason; `because`: the stance that was branched on.
    """

    appeal: Hashable
    rung: int
    begun_at: datetime
    due_at: datetime | None
    missed_at: datetime | None = None
    reminder: int = 0
    left: int = 0
    was_due: datetime | None = None
    skipped: tuple[Skipped, ...] = ()
    because: Stance | None = None

    @property
    def kind(self) -> str:
        """What it is called: an opening, an escalation, or a step taken at once."""
        return "escalation" if self.missed_at else "at once" if self.left else "opening"


@dataclass(frozen=True, slots=True)
class Remind:
    """A follow-up at the same level."""

    appeal: Hashable
    rung: int
    reminder: int


@dataclass(frozen=True, slots=True)
class Exhaust:
    """The deadline of the last step on its way passed too. `skipped`: steps that were left out before the end."""

    appeal: Hashable
    missed_at: datetime
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class StartClock:
    """The first letter is proven delivered, so this addressee's time begins (`clock: delivery`)."""

    appeal: Hashable
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Something is due, and must not happen yet."""

    appeal: Hashable
    wanted: "Begin | Remind | Exhaust | StartClock"
    reasons: tuple[Reason, ...]

    @property
    def until(self) -> datetime | None:
        """The first instant at which time alone could change the answer."""
        ends = [reason.until for reason in self.reasons]
        return max((end for end in ends if end is not None), default=None) if None not in ends else None


Move = Begin | Remind | Exhaust | StartClock | Wait
