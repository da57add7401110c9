"""Intent before the wire, outcome after it; and what becomes of a delivery nobody came back for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from campaigns.spread import share
from channels.answer import Answer, Delayed, Receipt, Refused, Task, Unknown
from channels.channel import CHANNELS
from channels.person import Person, task_on
from outreach.delivery import Delivery
from outreach.health import note_proof, note_refusal
from outreach.held import held
from outreach.move import move
from outreach.task import hand_over

State = Delivery.State
LONGEST_WAIT = timedelta(hours=1)


@transaction.atomic
def intend(deliveries: Sequence[Delivery], now: datetime, wire: str) -> list[Delivery]:
    """Write down that these are about to be on the wire: those whose claim is still ours. What a hold stops by now is
    put back.
    """
    stopped = _stopped_by_a_hold(deliveries, now)
    put_back(stopped, now)
    going = [each for each in deliveries if each not in stopped]
    return [each for each in going if move(each, State.SENDING, now, fence=each.token, wire=wire, tried_at=now)]


def _stopped_by_a_hold(deliveries: Sequence[Delivery], now: datetime) -> list[Delivery]:
    return list(Delivery.objects.filter(held(now), pk__in=[each.pk for each in deliveries]))


@transaction.atomic
def put_back(deliveries: Sequence[Delivery], now: datetime) -> None:
    """Leave to the next claim what there was no time for; it was never on the wire, so it was not tried."""
    for each in deliveries:
        attempts = each.attempts - 1
        move(each, State.DUE, now, fence=each.token, event="put back", attempts=attempts, lease_until=None)


@transaction.atomic
def settle(deliveries: Sequence[Delivery], answers: Sequence[Answer], now: datetime) -> None:
    """Write down what the wire answered for each."""
    for delivery, answer in zip(deliveries, answers, strict=True):
        settle_one(delivery, answer, now)


def settle_one(delivery: Delivery, answer: Answer, now: datetime) -> bool:
    """False if the answer came too late to count: a newer claim exists, or the state allows no such step."""
    match answer:
        case Receipt(reference, proven, url, detail):
            state, proven_at = (State.DELIVERED, now) if proven else (State.SENT, None)
            said = {"reference": reference, "url": url, "detail": detail}
            known: dict[str, Any] = {"reference": reference, "sent_at": now, "delivered_at": proven_at, "reason": ""}
            is_settled = move(delivery, state, now, fence=delivery.token, detail=said, **known)
            if is_settled and proven:
                note_proof(delivery)
            return is_settled
        case Refused(reason, code):
            is_settled = _failed(delivery, State.REFUSED, reason, now, code=code)
            if is_settled:
                note_refusal(delivery, code)
            return is_settled
        case Delayed(reason, wait, code):
            again = now + (wait or backoff(delivery.attempts, delivery.key))
            return _failed(delivery, State.DELAYED, reason, now, code=code, due_at=again)
        case Task():
            return hand_over(delivery, answer, now)
        case Unknown(reason):
            return _failed(delivery, State.UNKNOWN, reason, now)


def backoff(attempts: int, key: str) -> timedelta:
    """One minute, then two, then four …, an hour at the most; of that, half at least, by a chance fixed by the key.

    What failed together does not come back together, and asking twice gives the same answer.
    """
    longest = min(timedelta(minutes=2 ** min(max(0, attempts - 1), 6)), LONGEST_WAIT)
    return longest * (1 + share(key, str(attempts))) / 2


def recover(now: datetime, real_now: datetime) -> int:
    """What a worker claimed and left behind: never on the wire, so due again; or perhaps on it, so unknown."""
    left = Delivery.objects.filter(state__in=[State.CLAIMED, State.SENDING], lease_until__lt=real_now)
    return sum(_recover(delivery, now) for delivery in left.iterator())


def _recover(delivery: Delivery, now: datetime) -> bool:
    if delivery.state == State.CLAIMED:
        return move(delivery, State.DUE, now, fence=delivery.token, event="reclaimed", lease_until=None)
    if delivery.wire == Person.name:  # nothing of it can have left
        return hand_over(delivery, task_on(CHANNELS[delivery.channel], delivery.key), now)
    reason = "The worker stopped while it was on the wire; nobody can prove whether it arrived"
    return _failed(delivery, State.UNKNOWN, reason, now)


def _failed(delivery: Delivery, state: State, reason: str, now: datetime, *, code: str = "", **changes: Any) -> bool:
    said = {"reason": reason, **({"code": code} if code else {})}
    return move(delivery, state, now, fence=delivery.token, reason=reason, detail=said, **changes)
