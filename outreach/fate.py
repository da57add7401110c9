"""What became of a message, from everything that was ever told of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.news import Kind, News
from outreach.delivery import Delivery

State = Delivery.State
STATES = {
    Kind.TAKEN: State.SENT,
    Kind.DEFERRED: State.SENT,
    Kind.DROPPED: State.REFUSED,
    Kind.DELIVERED: State.DELIVERED,
    Kind.BLOCKED: State.BOUNCED,
    Kind.BOUNCED: State.BOUNCED,
}
STRENGTH = (State.SENT, State.REFUSED, State.DELIVERED, State.BOUNCED)
"""The later one counts: a message that came back had been delivered, or so its first server thought; what was delivered
had been refused once at the most; and what was refused had been taken. `Delivery.MOVES` leads from each to all later
ones, so that news may come in any order."""


@dataclass(frozen=True, slots=True)
class Fate:
    """`state`: None if nothing told says where it is. `at`: when it got there; `sent_at`: when it was first on its way.

    `reason`, `code`: why it failed. `is_dead`, `complained`, `left`: what became known of the address it went to.
    """

    state: State | None = None
    at: datetime | None = None
    sent_at: datetime | None = None
    reason: str = ""
    code: str = ""
    is_dead: bool = False
    complained: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one message: `ever` is the fate by all of it, `lately` by what is `fresh`, not folded before."""

    ever: Fate
    lately: Fate
    fresh: Sequence[News]


def fate(told: Iterable[News]) -> Fate:
    """The same for the same set of news, in whatever order and however often each piece is told."""
    news = sorted({each.name: each for each in told}.values(), key=lambda each: (each.at, each.name))
    reached = {STATES[each.kind] for each in news if each.kind in STATES}
    state = max(reached, key=STRENGTH.index, default=None)
    telling = next((each for each in news if STATES.get(each.kind) is state), None) if state else None
    has_failed = telling is not None and state in (State.REFUSED, State.BOUNCED)
    return Fate(
        state=state,
        at=telling.at if telling else None,
        sent_at=_first(news, lambda each: each.kind in STATES and each.kind is not Kind.DROPPED),
        reason=_why(telling) if telling and has_failed else "",
        code=telling.code if telling and has_failed else "",
        is_dead=any(each.is_dead for each in news),
        complained=any(each.kind is Kind.COMPLAINT for each in news),
        left=any(each.kind is Kind.UNSUBSCRIBED or each.wants_no_more for each in news),
    )


def _first(news: list[News], counts: Callable[[News], bool]) -> datetime | None:
    return next((each.at for each in news if counts(each)), None)


def _why(news: News) -> str:
    return news.reason or f"The provider said “{news.said}” and gave no reason"
