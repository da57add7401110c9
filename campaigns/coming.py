"""What comes next for an appeal, when, and what would stop it as things stand: for people who look ahead."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.guards import Reason
from campaigns.moves import Begin, Exhaust, Remind, StartClock, Wait
from campaigns.plan import decide, next_instant
from campaigns.position import Position, Rules


@dataclass(frozen=True, slots=True)
class Coming:
    """`at`: when it is due, or could be again; None if only a person or an event can tell. `stops`: why not then."""

    wanted: Begin | Remind | Exhaust | StartClock
    at: datetime | None
    stops: tuple[Reason, ...] = ()


def coming(rules: Rules, position: Position, now: datetime) -> Coming | None:
    """The next thing the clock does for a position if nobody acts; None where it waits for a proof of delivery."""
    at = next_instant(rules, position, now)
    move = decide(rules, position, now) or (decide(rules, position, at) if at is not None and at > now else None)
    if isinstance(move, Wait):
        is_due = at is None or at <= now
        return Coming(move.wanted, move.until if is_due else at, move.reasons)
    return Coming(move, max(at, now) if at else now) if move else None
