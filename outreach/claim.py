"""Claiming: whoever claims a row sends it. Holds, consent, suppression and lateness are looked at again here."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from campaigns.appeal import Appeal
from campaigns.hold import Hold
from campaigns.ladder import SUPPORTERS
from campaigns.wave import Turn
from outreach.delivery import Deliveries, Delivery
from outreach.event import Event
from outreach.gate import Wait, waits
from outreach.move import move
from outreach.suppression import suppressed

State = Delivery.State
LEASE = timedelta(seconds=settings.LEASE_SECONDS)  # real time
MOST_ATTEMPTS = 8
NO_LONGER_ASKED = (Appeal.Status.ACTED, Appeal.Status.WITHDRAWN)


@transaction.atomic
def claim(channel: str, now: datetime, real_now: datetime, *, bulk: bool, limit: int) -> list[Delivery]:
    """Up to `limit` deliveries that are due on `channel`, claimed for a lease; the rest is left to other workers.

    `bulk`: those to supporters; otherwise all others. What must not go out any more is settled and not answered.
    """
    due = Delivery.objects.due(now).filter(channel=channel).exclude(_held(now))
    due = due.filter(audience=SUPPORTERS) if bulk else due.exclude(audience=SUPPORTERS)
    found = list(_loaded(due).select_for_update(of=("self",), skip_locked=True)[:limit])
    stopped = dict(_stopped(found, channel, now))
    for delivery in found:
        if delivery.pk in stopped:
            state, reason = stopped[delivery.pk]
            move(delivery, state, now, reason=reason, detail={"reason": reason})
    going = [each for each in found if each.pk not in stopped]
    waiting = {each.pk for each, wait in waits(going, now) if postpone(each, wait, now)}
    return [each for each in going if each.pk not in waiting and _claim(each, now, real_now)]


def postpone(delivery: Delivery, wait: Wait, now: datetime) -> bool:
    """Leave it due, but later, with the reason. It was not tried, so that it costs no attempt."""
    reason = wait.reason
    there = Delivery.objects.filter(pk=delivery.pk, state=delivery.state)
    if not there.update(due_at=wait.until, reason=reason):
        return False
    Event.objects.create(
        delivery=delivery, kind="postponed", at=now, detail={"reason": reason, "until": wait.until.isoformat()}
    )
    return True


def _claim(delivery: Delivery, now: datetime, real_now: datetime) -> bool:
    attempt = delivery.attempts + 1
    return move(
        delivery,
        State.CLAIMED,
        now,
        detail={"attempt": attempt},
        attempts=attempt,
        token=uuid.uuid4(),
        lease_until=real_now + LEASE,
    )


def _loaded(due: Deliveries) -> Deliveries:
    together = ("campaign", "step", "wave", "appeal", "addressee", "supporter", "contact_point")
    return due.select_related(*together).order_by("due_at", "id")


def _stopped(found: list[Delivery], channel: str, now: datetime) -> Iterable[tuple[uuid.UUID, tuple[State, str]]]:
    """Those that must not go out, each with the state it ends in and why."""
    must_not = suppressed(channel, (address_of(delivery) for delivery in found))
    moot = _moot(found)
    for delivery in found:
        if delivery.attempts >= MOST_ATTEMPTS:
            yield delivery.pk, (State.EXPIRED, f"Tried {delivery.attempts} times without getting through")
        elif delivery.expires_at is not None and delivery.expires_at < now:
            yield delivery.pk, (State.EXPIRED, "It would have come too late")
        elif delivery.pk in moot:
            yield delivery.pk, (State.CANCELLED, "No demand it speaks of is open any more")
        elif _has_opted_out(delivery):
            yield delivery.pk, (State.SUPPRESSED, "Opted out")
        elif reason := must_not.get(address_of(delivery)):
            yield delivery.pk, (State.SUPPRESSED, reason)


def address_of(delivery: Delivery) -> str:
    """Where it goes; empty for a post on the campaign's own account."""
    if delivery.supporter is not None:
        return delivery.supporter.email
    return delivery.contact_point.address if delivery.contact_point is not None else ""


def _has_opted_out(delivery: Delivery) -> bool:
    supporter = delivery.supporter
    return supporter is not None and (supporter.agreed_at is None or supporter.opted_out_at is not None)


def _moot(found: Iterable[Delivery]) -> set[uuid.UUID]:
    """Deliveries about appeals that have all been acted on or withdrawn since they were composed."""
    waves = {delivery.wave_id for delivery in found if delivery.appeal is None}
    turns = Turn.objects.filter(wave__in=waves).exclude(appeal__status__in=NO_LONGER_ASKED)
    asked = set(turns.order_by().values_list("wave", flat=True).distinct())
    return {
        d.pk for d in found if (d.appeal.status in NO_LONGER_ASKED if d.appeal is not None else d.wave_id not in asked)
    }


def _held(now: datetime) -> Q:
    """Deliveries a hold stops now: those that fit everything it names (campaign, step, addressee, channel, domain)."""
    held = Q(pk__in=[])
    for hold in Hold.objects.standing(now):
        named = Q()
        for field in ("campaign", "step", "addressee"):
            if value := getattr(hold, f"{field}_id"):
                named &= Q(**{field: value})
        if hold.channel:
            named &= Q(channel=hold.channel)
        if hold.domain:
            at = f"@{hold.domain}"
            named &= Q(contact_point__address__iendswith=at) | Q(supporter__email__iendswith=at)
        held |= named
    return held
