"""What the ledger says, read between two deaths of its server."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bench.chaos.processes import soon
from campaigns.ladder import SUPPORTERS
from channels.wire import Wire
from outreach.ask import CAN_TELL
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.journal import Entry as Line

State = Delivery.State
UNSETTLED = Delivery.UNSETTLED
Got = TypeVar("Got")
CRASH = "The worker stopped"  # how the reason begins when nobody came back for a delivery
COMES_IN = timedelta(seconds=1)  # how long after it was sent a message may still come to a fake
MOST_ASKS = 3
SLOW = ("timed out", "time allowed")  # what is in it when an answer did not come in time


@dataclass(frozen=True, slots=True)
class Doubt:
    """That a delivery became unknown, and why. `put_down`: when it had been put on a wire, if that is known."""

    reason: str
    at: datetime
    put_down: datetime | None

    @property
    def was_left_behind(self) -> bool:
        """Nobody came back for it."""
        return self.reason.startswith(CRASH)

    @property
    def was_kept_waiting(self) -> bool:
        """No answer came in time: bad weather, or a machine with too much to do."""
        return any(words in self.reason for words in SLOW)

    @property
    def was_told_too_little(self) -> bool:
        """A server said something that means nothing, or hung up."""
        return not (self.was_left_behind or self.was_kept_waiting)


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivery. `known_as`: what the other side knows it by: its key, or a post's text.

    `doubts`: each time that it was unknown, also if it was found out since.
    """

    known_as: str
    channel: str
    is_bulk: bool
    state: str
    reason: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def stream(self) -> str:
        """What leaves together: a channel's messages to addressees, or those to supporters."""
        return stream_of(self.channel, self.is_bulk)


def stream_of(channel: str, is_bulk: bool) -> str:
    """The name of a stream."""
    return SUPPORTERS if is_bulk else channel


def entries(slug: str) -> list[Entry]:
    """Every delivery of a campaign."""
    return patiently(lambda: list(_entries(slug)))


def _entries(slug: str) -> Iterator[Entry]:
    doubts = _doubts(slug)
    for delivery in Delivery.objects.filter(campaign__slug=slug):
        known_as = delivery.key if delivery.channel == "email" else delivery.text.strip()
        is_bulk, about = delivery.audience == SUPPORTERS, tuple(doubts.get(delivery.pk, ()))
        yield Entry(known_as, delivery.channel, is_bulk, delivery.state, delivery.reason, about)


def _doubts(slug: str) -> dict[uuid.UUID, list[Doubt]]:
    """What the events tell of them."""
    told = Event.objects.filter(delivery__campaign__slug=slug, kind__in=[State.SENDING, State.UNKNOWN]).order_by("id")
    put_down: dict[uuid.UUID, datetime] = {}
    found: dict[uuid.UUID, list[Doubt]] = {}
    for event in told:
        if event.kind == State.SENDING:
            put_down[event.delivery_id] = event.at
        else:
            doubt = Doubt(event.detail.get("reason", ""), event.at, put_down.get(event.delivery_id))
            found.setdefault(event.delivery_id, []).append(doubt)
    return found


def states(slug: str) -> Counter[tuple[str, str]]:
    """How many deliveries of a campaign there are, by channel and state."""
    found = Delivery.objects.filter(campaign__slug=slug)
    return patiently(lambda: Counter(found.values_list("channel", "state")))


def on_the_wire() -> Counter[str]:
    """Those that may be on a wire at this moment, by stream."""
    return patiently(lambda: Counter(stream_of(*row) for row in _sending()) + Counter({SUPPORTERS: _in_chunks()}))


def _sending() -> Iterator[tuple[str, bool]]:
    for channel, audience in Delivery.objects.filter(state=State.SENDING).values_list("channel", "audience"):
        yield channel, audience == SUPPORTERS


def _in_chunks() -> int:
    """Those that their chunk has intended and nobody has answered for."""
    answered = Line.objects.filter(chunk=OuterRef("chunk"), place=OuterRef("place"))
    intended = Delivery.objects.filter(chunk__state=Chunk.State.CLAIMED, place__lt=F("chunk__intended"))
    return intended.filter(~Exists(answered), state=State.DUE).count()


def hurry() -> None:
    """Let what is delayed be tried again now, in the place of minutes later."""
    delayed = Delivery.objects.filter(state__in=Delivery.CLAIMABLE, due_at__gt=datetime.now(UTC), chunk=None)
    patiently(lambda: delayed.update(due_at=datetime.now(UTC)))


def hurry_questions() -> None:
    """Let providers be asked now what became of a message; for the first time when it was unknown for some seconds."""
    now = datetime.now(UTC)
    soon_enough = Q(asks__gt=0) | Q(ask_at__lt=now + Wire.settling - COMES_IN)
    patiently(lambda: _questions().filter(soon_enough, ask_at__gt=now).update(ask_at=now))


def questions() -> Counter[str]:
    """What is unknown and can still be found out, by channel; asked so often in vain, it is not asked again here."""
    return patiently(lambda: Counter(_questions().values_list("channel", flat=True)))


def unsettled() -> Counter[str]:
    """What is still on its way, by channel."""
    return patiently(lambda: Counter(Delivery.objects.unsettled().values_list("channel", flat=True)))


def _questions() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.UNKNOWN, wire__in=CAN_TELL, asks__lt=MOST_ASKS)


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
