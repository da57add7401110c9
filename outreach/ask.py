"""Asking a provider what became of a delivery that nobody could say anything about.

Only wires that can tell are asked: when what was on its way has had time to come in, a few times, ever more seldom.
Then a person decides. A provider's own list without the message is a proof that it was not sent, and nothing else is.
"""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import dramatiq
import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from campaigns.moment import now
from channels.answer import Answer, Delayed, Receipt
from channels.wire import WIRES, Wire
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.event import Event
from outreach.move import move
from outreach.send import wire_of
from outreach.settle import backoff

log = structlog.get_logger(__name__)
State = Delivery.State
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 2 * 60, 12 * 60))  # real time, after each answer
MOST_ASKS = len(WAITS) + 1
MOST_REPEATS = 3  # how often one delivery may be proven not sent before a person looks at it
WORKING_TIME = 15.0  # seconds; one more question may take thirty
TIME_LIMIT = 50_000
NOT_SENT = "proven not sent"
TOGETHER = ("campaign", "addressee", "supporter", "contact_point", "appeal")
CAN_TELL = sorted({wire.name for wire in WIRES.values() if wire.can_tell})


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def ask(channel: str) -> None:
    """Ask about what is unknown on one channel. Losing the hint, or getting it twice, costs nothing but time."""
    ask_all(channel, wire_of(channel), datetime.now(UTC))


def ask_all(channel: str, wire: Wire, real_now: datetime) -> int:
    """Ask until nothing is left or the time of one hint is over. Answers how many were asked about."""
    started, asked = monotonic(), 0
    _schedule(channel, wire, real_now)
    while monotonic() - started < WORKING_TIME and (delivery := take_question(channel, wire, real_now)):
        (answer,) = wire.reconcile([Desk(delivery.campaign).envelope(delivery)])
        record(delivery, answer, now())
        asked += 1
    return asked


def channels_with_questions(real_now: datetime) -> list[str]:
    """The channels on which there is something to ask about."""
    due = _questions().filter(Q(ask_at=None) | Q(ask_at__lte=real_now)).filter(wire__in=CAN_TELL)
    return sorted(set(due.values_list("channel", flat=True)))


@transaction.atomic
def take_question(channel: str, wire: Wire, real_now: datetime) -> Delivery | None:
    """A delivery to be asked about now. It counts as asked, and nobody else asks until the next time it may be."""
    due = _questions().filter(channel=channel, wire=wire.name, ask_at__lte=real_now).order_by("ask_at")
    delivery = due.select_related(*TOGETHER).select_for_update(of=("self",), skip_locked=True).first()
    if delivery is None:
        return None
    wait = WAITS[min(delivery.asks, len(WAITS) - 1)]
    delivery.asks, delivery.ask_at = delivery.asks + 1, real_now + wait
    delivery.save(update_fields=["asks", "ask_at"])
    return delivery


@transaction.atomic
def record(delivery: Delivery, answer: Answer, now: datetime) -> bool:
    """Write down what the provider knows. False if somebody else knew by then."""
    asked = Delivery.objects.select_for_update().filter(pk=delivery.pk, state=State.UNKNOWN, asks=delivery.asks)
    if not asked.exists():
        return False
    match answer:
        case Receipt():
            return _was_sent(delivery, answer, now)
        case Delayed():
            return _was_not_sent(delivery, answer, now)
        case _:
            Event.objects.create(delivery=delivery, kind="asked", at=now, detail={"reason": answer.reason})
            return True


def _was_sent(delivery: Delivery, receipt: Receipt, now: datetime) -> bool:
    left = delivery.events.filter(kind=State.SENDING).last()
    state, proven_at = (State.DELIVERED, now) if receipt.proven else (State.SENT, None)
    said = {"how": f"{delivery.wire} was asked", "reference": receipt.reference, "url": receipt.url}
    sent_at = left.at if left else now
    known: dict[str, Any] = {"reference": receipt.reference, "sent_at": sent_at, "delivered_at": proven_at}
    return move(delivery, state, now, detail=said, reason="", **known)


def _was_not_sent(delivery: Delivery, proof: Delayed, now: datetime) -> bool:
    """Due again, a little later; but what has got lost that often is a person's to look at."""
    if delivery.events.filter(kind=NOT_SENT).count() >= MOST_REPEATS:
        reason = f"It was tried again {MOST_REPEATS} times and never got out; {proof.reason}"
        Delivery.objects.filter(pk=delivery.pk).update(asks=MOST_ASKS, ask_at=None, reason=reason)
        Event.objects.create(delivery=delivery, kind="asked", at=now, detail={"reason": reason})
        return True
    again = now + (proof.wait or backoff(delivery.attempts, delivery.key))
    said = {"reason": proof.reason}
    changes: dict[str, Any] = {**said, "due_at": again, "asks": 0, "ask_at": None}
    return move(delivery, State.DUE, now, event=NOT_SENT, detail=said, is_unsent=True, **changes)


def _questions() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.UNKNOWN, asks__lt=MOST_ASKS)


def _schedule(channel: str, wire: Wire, real_now: datetime) -> None:
    """When to ask first: not before what was on its way has had time to come in, nor another wire than it went by."""
    fresh = _questions().filter(channel=channel, ask_at=None, wire__in=CAN_TELL)
    fresh.filter(wire=wire.name).update(ask_at=real_now + wire.settling)
    elsewhere = _questions().filter(channel=channel, wire__in=CAN_TELL).exclude(wire=wire.name)
    elsewhere.update(ask_at=real_now + WAITS[-1])
