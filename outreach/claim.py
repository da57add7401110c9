"""Claiming: whoever claims a row sends it. Holds, consent, suppression and lateness are looked at again here."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from os import getpid
from socket import gethostname

from django.conf import settings
from django.db import transaction

from campaigns.deadline import SECOND
from campaigns.ladder import SUPPORTERS
from campaigns.wave import Turn
from outreach.constituents import NO_LONGER_ASKED, without_cause
from outreach.delivery import Deliveries, Delivery
from outreach.digest import bind
from outreach.event import Event
from outreach.expiry import come_too_late
from outreach.frequency import left_out
from outreach.gate import Wait, waits
from outreach.giving_up import given_up, last_delay
from outreach.health import note_refusal
from outreach.held import held
from outreach.move import move
from outreach.readdress import readdress
from outreach.suppression import suppressed

State = Delivery.State
LEASE = timedelta(seconds=settings.LEASE_SECONDS)  # real time
SOONEST = timedelta(seconds=0.1)  # what waits is not looked at again at the same moment


class Claimed(list[Delivery]):
    """What was claimed. `found`: how many were due and looked at; those that are not here were settled, or wait."""

    found: int = 0


@transaction.atomic
def claim(channel: str, now: datetime, real_now: datetime, *, bulk: bool, limit: int) -> Claimed:
    """Up to `limit` deliveries that are due on `channel`, claimed for a lease; the rest is left to other workers.

    `bulk`: those to supporters; otherwise all others. What must not go out any more is settled and not answered.
    """
    urgent = ("due_at", "id") if bulk else ("wave__reminder", "due_at", "id")  # deadlines do not run from reminders
    due = _loaded(_line(channel, now, bulk=bulk).filter(due_at__lte=now)).order_by(*urgent)
    found = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
    readdress(found)
    must_not = dict(stopped(found, channel, now))
    for delivery in found:
        if delivery.pk in must_not:
            state, reason = must_not[delivery.pk]
            _stop(delivery, state, reason, now)
    going = [each for each in found if each.pk not in must_not]
    waiting = dict(waits(going, now))
    postpone(waiting, now)
    through = [each for each in going if each not in waiting]
    bind(through)
    claimed = Claimed(each for each in through if _claim(each, now, real_now))
    claimed.found = len(found)
    return claimed


def next_due(channel: str, now: datetime, *, bulk: bool) -> datetime | None:
    """When the first that is to go out is due; before `now` if it has become so, or another worker is at it."""
    return _line(channel, now, bulk=bulk).order_by("due_at").values_list("due_at", flat=True).first()


def _stop(delivery: Delivery, state: State, reason: str, now: datetime) -> None:
    is_given_up = state == State.EXPIRED and delivery.attempts > 0
    if move(delivery, state, now, reason=reason, detail={"reason": reason}) and is_given_up:
        note_refusal(delivery, last_delay(delivery)[0])


def postpone(waiting: Mapping[Delivery, Wait], now: datetime) -> None:
    """Leave these rows, which the caller has locked, due, but later, with the reason. It costs none an attempt.

    One that expires while it waits is looked at when it does, and is recorded as expired then.
    """
    for delivery, wait in waiting.items():
        until = max(wait.until, now + SOONEST)
        ends = delivery.expires_at + SECOND if delivery.expires_at else until
        delivery.due_at, delivery.reason = min(until, ends), wait.reason
    Delivery.objects.bulk_update(waiting, ["due_at", "reason"])
    Event.objects.bulk_create(
        Event(
            delivery=delivery,
            kind="postponed",
            at=now,
            detail={"reason": wait.reason, "until": delivery.due_at.isoformat()},
        )
        for delivery, wait in waiting.items()
    )


def _claim(delivery: Delivery, now: datetime, real_now: datetime) -> bool:
    attempt = delivery.attempts + 1
    return move(
        delivery,
        State.CLAIMED,
        now,
        detail={"attempt": attempt, "by": f"{gethostname()}:{getpid()}"},
        attempts=attempt,
        digest=delivery.digest,
        token=uuid.uuid4(),
        lease_until=real_now + LEASE,
    )


def _line(channel: str, now: datetime, *, bulk: bool) -> Deliveries:
    """What is to go out on a channel, now or later, and is not on hold."""
    to_go = Delivery.objects.filter(channel=channel, state__in=Delivery.CLAIMABLE, chunk=None).exclude(held(now))
    return to_go.filter(audience=SUPPORTERS) if bulk else to_go.exclude(audience=SUPPORTERS)


def _loaded(due: Deliveries) -> Deliveries:
    waves = ("campaign", "step", "wave__campaign", "wave__mailing")
    return due.select_related(*waves, "appeal", "addressee", "supporter", "contact_point")


def stopped(found: Sequence[Delivery], channel: str, now: datetime) -> Iterable[tuple[uuid.UUID, tuple[State, str]]]:
    """Those that must not go out, each with the state it ends in and why."""
    must_not = suppressed(channel, (delivery.address for delivery in found))
    moot, late, in_vain = _moot(found), come_too_late(found, now), dict(given_up(found, now))
    crowded = left_out(found, now)
    needless, in_need_of_cause = _needless(found), without_cause(found, now)
    for delivery in found:
        if delivery.pk in in_vain:
            yield delivery.pk, (State.EXPIRED, in_vain[delivery.pk])
        elif delivery.pk in late:
            yield delivery.pk, (State.EXPIRED, "It would have come too late")
        elif delivery.pk in needless:
            yield delivery.pk, (State.CANCELLED, "The message it was written instead of has arrived after all")
        elif delivery.pk in in_need_of_cause:
            yield delivery.pk, (State.CANCELLED, in_need_of_cause[delivery.pk])
        elif delivery.pk in moot:
            yield delivery.pk, (State.CANCELLED, "No demand it speaks of is open any more")
        elif _is_stopped(delivery):
            yield delivery.pk, (State.CANCELLED, delivery.wave.mailing.why_stopped if delivery.wave.mailing else "")
        elif _has_opted_out(delivery):
            yield delivery.pk, (State.SUPPRESSED, "Opted out")
        elif reason := must_not.get(delivery.address) or crowded.get(delivery.pk, ""):
            yield delivery.pk, (State.SUPPRESSED, reason)


def _needless(found: Iterable[Delivery]) -> set[uuid.UUID]:
    """Those written instead of a message that, as became known since, did arrive."""
    again = {each.instead_of_id: each.pk for each in found if each.instead_of_id}
    arrived = Delivery.objects.filter(pk__in=again, state=State.DELIVERED) if again else ()
    return {again[each.pk] for each in arrived}


def _is_stopped(delivery: Delivery) -> bool:
    return delivery.wave.mailing is not None and delivery.wave.mailing.is_stopped


def _has_opted_out(delivery: Delivery) -> bool:
    supporter = delivery.supporter
    return supporter is not None and (supporter.agreed_at is None or supporter.opted_out_at is not None)


def _moot(found: Iterable[Delivery]) -> set[uuid.UUID]:
    """Deliveries about appeals that have all been acted on or withdrawn since they were composed."""
    found = list(found)
    waves = {delivery.wave_id for delivery in found if delivery.appeal is None and delivery.step_id}
    turns = Turn.objects.filter(wave__in=waves).exclude(appeal__status__in=NO_LONGER_ASKED)
    asked = set(turns.order_by().values_list("wave", flat=True).distinct())
    return {
        each.pk
        for each in found
        if (each.appeal.status in NO_LONGER_ASKED if each.appeal is not None else each.wave_id in waves - asked)
    }
