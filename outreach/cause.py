"""Why a delivery has not been sent: one answer for the pages, the API and the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.ladder import SUPPORTERS
from campaigns.moment import real_seconds
from outreach.ask import MOST_ASKS
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.held import is_stopped_by
from outreach.legs import trouble
from outreach.limit import account_limits
from outreach.office_hours import office_hours

State = Delivery.State
LONG = 30.0  # real seconds after which a worker should have taken what is due


class Why(StrEnum):
    """What keeps it."""

    HELD = "held"
    POSTPONED = "postponed"  # by a gate: a window, a cap, a rate
    AHEAD = "ahead"  # its time has not come
    DUE = "due"  # nothing but the time a worker needs
    STUCK = "stuck"  # a worker should have come long ago
    CLAIMED = "claimed"
    SENDING = "sending"
    DELAYED = "delayed"  # tried, and to be tried again
    HANDED = "handed"  # a person carries it
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    BOUNCED = "bounced"


ENDED = {
    State.BOUNCED: "It came back",
    State.REFUSED: "It was refused and will not be tried again",
    State.SUPPRESSED: "The address must not be used",
    State.EXPIRED: "It would have come too late",
    State.CANCELLED: "The reason to send it is gone",
    State.HANDED: "Waits for a person to carry it",
    State.UNKNOWN: "Nobody can prove whether it arrived; a person must say",
}
UNTIL = {Why.HELD: "until", Why.DELAYED: "tried again", Why.POSTPONED: "not before", Why.AHEAD: "not before"}


@dataclass(frozen=True, slots=True)
class Cause:
    """`what`: the same words for all that wait for the same. `more`: what is so of this one alone.

    `until`: when that ends by itself (UTC); None if it does not, or nobody knows when.
    """

    kind: Why
    what: str
    until: datetime | None = None
    more: str = ""

    def sentence(self, at: Callable[[datetime], str]) -> str:
        """All of it in one sentence; `at` says a moment."""
        end = f"{UNTIL[self.kind]} {at(self.until)}" if self.until else ""
        said = "; ".join(part for part in (self.what, self.more, end) if part)
        return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"


class Sight:
    """What keeps deliveries at `now`, with what they have in common read once. `holds`: those that stand now."""

    def __init__(self, campaign: Campaign, now: datetime, holds: list[Hold] | None = None) -> None:
        self.now = now
        self._campaign, self._holds = campaign, holds
        self._seen: dict[str, str] = {}

    @cached_property
    def holds(self) -> list[Hold]:
        if self._holds is not None:
            return self._holds
        return list(Hold.objects.standing(self.now).over(self._campaign).select_related("step", "addressee"))

    def cause(self, delivery: Delivery, *, in_full: bool = False) -> Cause | None:
        """None for what was sent. `in_full` asks the database who has it."""
        state = State(delivery.state)
        if state in (State.SENT, State.DELIVERED):
            return None
        if state in ENDED:
            return Cause(Why(state.value), delivery.reason or ENDED[state], more=_asking(delivery))
        if state in (State.CLAIMED, State.SENDING):
            return _taken(delivery, in_full=in_full)
        if taken := _in_a_chunk(delivery):
            return taken
        if hold := next((hold for hold in self.holds if is_stopped_by(hold, delivery)), None):
            return held_by(hold)
        return self._ahead(delivery) if due_at(delivery) > self.now else self._due(delivery)

    def _ahead(self, delivery: Delivery) -> Cause:
        if delivery.state == State.DELAYED:
            return Cause(Why.DELAYED, delivery.reason, delivery.due_at, f"tried {_times(delivery.attempts)}")
        if reason := self._of_chunk(delivery) if delivery.chunk else delivery.reason:
            return Cause(Why.POSTPONED, reason, due_at(delivery))
        return Cause(Why.AHEAD, "its time has not come", due_at(delivery))

    def _of_chunk(self, delivery: Delivery) -> str:
        """What puts off a chunk: not written down, for a chunk asks again and again."""
        if shut := office_hours([delivery], self.now).get(delivery.pk):
            return shut.reason
        sender = str(delivery.campaign.sender.get(delivery.channel, ""))
        return ", ".join(limit.reason for limit in account_limits(delivery.channel, sender, self.now))

    def _due(self, delivery: Delivery) -> Cause:
        if shut := office_hours([delivery], self.now).get(delivery.pk):
            return Cause(Why.POSTPONED, shut.reason, shut.until)
        if real_seconds(self.now - due_at(delivery)) > LONG:
            queue = "bulk" if delivery.audience == SUPPORTERS else "addressees"
            if seen := self._trouble(queue):
                return Cause(Why.STUCK, f"it is due, and no worker takes it: {seen}")
        return Cause(Why.DUE, "it is due, and waits for a worker")

    def _trouble(self, queue: str) -> str:
        if queue not in self._seen:
            self._seen[queue] = trouble(queue)
        return self._seen[queue]


def due_at(delivery: Delivery) -> datetime:
    """What goes in a chunk is due when the chunk is (UTC)."""
    return delivery.chunk.due_at if delivery.chunk else delivery.due_at


def _in_a_chunk(delivery: Delivery) -> Cause | None:
    """None if it is in none, or in one that waits as it does itself."""
    chunk = delivery.chunk
    if chunk is None or chunk.state == Chunk.State.DUE:
        return None
    if chunk.state == Chunk.State.CLAIMED and (delivery.place or 0) >= chunk.intended:
        return Cause(Why.CLAIMED, "a worker has it, with others")
    return Cause(Why.SENDING, "it is on the wire, or its answer is being written down")


def held_by(hold: Hold) -> Cause:
    """`until`: when the hold ends by itself."""
    end = "" if hold.until else "until somebody lifts it"
    placed = f"placed by {hold.author} {end}".strip()
    return Cause(Why.HELD, f"{hold.what()} is on hold: {hold.reason}", hold.until, placed)


def _taken(delivery: Delivery, *, in_full: bool) -> Cause:
    if delivery.state == State.SENDING:
        return Cause(Why.SENDING, "it is on the wire now")
    more = [f"attempt {delivery.attempts}"]
    if in_full and (claimed := delivery.events.filter(kind=State.CLAIMED).last()):
        more.append(f"by {claimed.detail.get('by', 'a worker that gave no name')}")
    if in_full and delivery.lease_until:
        left = max(timedelta(0), delivery.lease_until - datetime.now(UTC))
        more.append(f"for {left.total_seconds():.0f} s more at the most")
    return Cause(Why.CLAIMED, "a worker has it", more=", ".join(more))


def _asking(delivery: Delivery) -> str:
    is_asked = delivery.state == State.UNKNOWN and delivery.ask_at and delivery.asks < MOST_ASKS
    return f"we ask {delivery.wire.capitalize()} what became of it" if is_asked else ""


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
