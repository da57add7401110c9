"""What the ledger says, read between two deaths of its server."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection

from bench.chaos.processes import soon
from campaigns.ladder import SUPPORTERS
from outreach.delivery import Delivery

State = Delivery.State
UNSETTLED = Delivery.UNSETTLED
Got = TypeVar("Got")
CRASH = "The worker stopped"  # how the reason begins when nobody came back for a delivery
SLOW = ("timed out", "time allowed")  # what is in it when an answer did not come in time


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivery. `known_as`: what the other side knows it by: its key, or a post's text.

    `put_down`, `given_up`: when it was last put on a wire, and when it was found that nobody had come back for it.
    """

    known_as: str
    channel: str
    is_bulk: bool
    state: str
    reason: str
    put_down: datetime | None = None
    given_up: datetime | None = None

    @property
    def was_left_behind(self) -> bool:
        """Unknown because a process died, not because of what a server said."""
        return self.state == State.UNKNOWN and self.reason.startswith(CRASH)

    @property
    def was_kept_waiting(self) -> bool:
        """Unknown because no answer came in time: bad weather, or a machine with too much to do."""
        return self.state == State.UNKNOWN and any(words in self.reason for words in SLOW)

    @property
    def was_told_too_little(self) -> bool:
        """Unknown because of what a server said, or because it hung up."""
        return self.state == State.UNKNOWN and not (self.was_left_behind or self.was_kept_waiting)


def entries(slug: str) -> list[Entry]:
    """Every delivery of a campaign."""
    return patiently(lambda: [_entry(delivery) for delivery in Delivery.objects.filter(campaign__slug=slug)])


def _entry(delivery: Delivery) -> Entry:
    known_as = delivery.key if delivery.channel == "email" else delivery.text.strip()
    at = dict(delivery.events.values_list("kind", "at")) if delivery.state == State.UNKNOWN else {}
    return Entry(
        known_as,
        delivery.channel,
        delivery.audience == SUPPORTERS,
        delivery.state,
        delivery.reason,
        at.get(State.SENDING),
        at.get(State.UNKNOWN),
    )


def states(slug: str) -> Counter[tuple[str, str]]:
    """How many deliveries of a campaign there are, by channel and state."""
    found = Delivery.objects.filter(campaign__slug=slug)
    return patiently(lambda: Counter(found.values_list("channel", "state")))


def on_the_wire() -> Counter[str]:
    """Those that may be on a wire at this moment, by channel."""
    sending = Delivery.objects.filter(state=State.SENDING)
    return patiently(lambda: Counter(sending.values_list("channel", flat=True)))


def hurry() -> None:
    """Let what is delayed be tried again now, in the place of minutes later."""
    delayed = Delivery.objects.filter(state=State.DELAYED)
    patiently(lambda: delayed.update(due_at=datetime.now(UTC)))


def patiently(ask: Callable[[], Got], seconds: float = 40) -> Got:
    """Ask again until the database is there."""
    got: list[Got] = []

    def tried() -> bool:
        try:
            close_old_connections()
            got.append(ask())
        except (OperationalError, InterfaceError):
            connection.close()
            return False
        return True

    if not soon(tried, seconds, 0.02):
        raise DatabaseError(f"The database did not answer in {seconds:.0f} seconds")
    return got[0]
