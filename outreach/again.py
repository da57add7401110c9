"""Writing again where a letter did not arrive: at the next contact point of its channel, then on the next channel.

The clock asks at every pass what came back, was refused or was given up, and has not been written again; so nothing is
lost with a missed pass, and an address that a person adds later is used. What is unknown is never written again by
itself, nor what a person settled: they may have told the addressee already, and have a verb of their own.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from campaigns.wave import Turn
from channels.channel import CHANNELS
from outreach.constituents import NO_LONGER_ASKED
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.suppression import suppressed

State = Delivery.State
FAILED = (State.BOUNCED, State.REFUSED, State.EXPIRED)
DIRECT = [name for name, channel in CHANNELS.items() if not channel.is_public]
NOT_THERE = {
    State.BOUNCED: "which came back",
    State.REFUSED: "which was refused",
    State.EXPIRED: "which could not be delivered",
    State.SUPPRESSED: "which was not sent",
    State.CANCELLED: "which was not sent",
}


class NotWritable(ValueError):
    """Why a delivery is not written again; nothing was changed."""


def fall_back(campaign: Campaign, now: datetime) -> int:
    """Write again what failed for good in a step that still runs, where there is another address; answers how many.

    Each at most once: what is written again points to what it is written instead of, and only one may.
    """
    failed = list(_failed(campaign, now))
    points = _points(campaign, failed) if failed else {}
    return sum(_write(each, spare[0], now) is not None for each in failed if (spare := points[each.pk]))


def write_again(delivery: Delivery, *, by: str, now: datetime) -> Delivery:
    """A person wants a letter written again that did not arrive: at an address not tried yet, else where it was.

    Raises NotWritable with a sentence.
    """
    if delivery.addressee_id is None or delivery.audience == SUPPORTERS or delivery.channel not in DIRECT:
        raise NotWritable("Only letters to an addressee can be written again")
    if delivery.state == State.UNKNOWN:
        raise NotWritable("Nobody knows whether it arrived: find out, settle it, and then write again")
    if delivery.state not in NOT_THERE:
        raise NotWritable(f"It is {delivery.state}: there is no reason to write again")
    if delivery.campaign.status == Campaign.Status.CLOSED or _is_moot(delivery):
        raise NotWritable("Nothing is asked of them any more")
    points = (
        _points(delivery.campaign, [delivery])[delivery.pk]
        or _points(delivery.campaign, [delivery], also_tried=True)[delivery.pk]
    )
    if not points:
        raise NotWritable("They cannot be reached: no address is left that may be used. Add one, and write again")
    again = _write(delivery, points[0], now, by=by, expires=False)
    if again is None:
        raise NotWritable("It has been written again already")
    return again


def unreachable(campaign: Campaign, failed: Sequence[Delivery]) -> set[uuid.UUID]:
    """Those of `failed` (by primary key) for which no other address is left."""
    points = _points(campaign, failed)
    return {each.pk for each in failed if not points[each.pk]}


def _failed(campaign: Campaign, now: datetime) -> Iterable[Delivery]:
    by_a_person = Event.objects.filter(delivery=OuterRef("pk"), kind=State.BOUNCED, detail__has_key="by")
    still_waits = Turn.objects.filter(
        wave=OuterRef("wave"), appeal__status=Appeal.Status.WAITING, appeal__step=OuterRef("step")
    )
    somewhere = ContactPoint.objects.filter(addressee=OuterRef("addressee")).exclude(health=ContactPoint.Health.DEAD)
    return (
        campaign.deliveries.filter(state__in=FAILED, channel__in=DIRECT, addressee__isnull=False, attempts__gt=0)
        .filter(Q(expires_at=None) | Q(expires_at__gte=now))
        .filter(Q(appeal=None) | Q(appeal__status=Appeal.Status.WAITING, appeal__step=F("step")))
        .filter(Exists(still_waits), Exists(somewhere), again=None)
        .exclude(audience=SUPPORTERS)
        .exclude(Exists(by_a_person))
        .select_related("addressee", "contact_point", "appeal", "campaign")
        .order_by("created_at", "id")
    )


def _points(
    campaign: Campaign, failed: Collection[Delivery], *, also_tried: bool = False
) -> Mapping[uuid.UUID, list[ContactPoint]]:
    """Where each may be written again, the best first: not dead, not suppressed, with words for the channel."""
    worded = set(campaign.wordings.usable().values_list("name", "channel"))
    addressees = {each.addressee_id for each in failed}
    usable = [p for p in ContactPoint.objects.filter(addressee__in=addressees, channel__in=DIRECT) if p.is_usable]
    forbidden = {
        (channel, address)
        for channel in {point.channel for point in usable}
        for address in suppressed(channel, [point.address for point in usable if point.channel == channel])
    }
    tried = defaultdict[tuple[uuid.UUID, uuid.UUID | None], set[uuid.UUID | None]](set)
    waves = {each.wave_id for each in failed}
    rows = Delivery.objects.filter(wave__in=waves, addressee__in=addressees).order_by()
    for wave, addressee, point in rows.values_list("wave", "addressee", "contact_point"):
        tried[wave, addressee].add(point)
    return {
        each.pk: sorted(
            (
                point
                for point in usable
                if point.addressee_id == each.addressee_id
                and (point.channel, point.address) not in forbidden
                and (each.wording_name, point.channel) in worded
                and (also_tried or point.pk not in tried[each.wave_id, each.addressee_id])
            ),
            key=lambda point: (point.channel != each.channel, DIRECT.index(point.channel), point.rank),
        )
        for each in failed
    }


@transaction.atomic
def _write(
    failed: Delivery, point: ContactPoint, now: datetime, *, by: str = "", expires: bool = True
) -> Delivery | None:
    """None if it has been written again already."""
    channel = CHANNELS[point.channel].title
    again = Delivery(
        campaign_id=failed.campaign_id,
        step_id=failed.step_id,
        wave_id=failed.wave_id,
        appeal_id=failed.appeal_id,
        audience=failed.audience,
        channel=point.channel,
        recipient=failed.recipient,
        addressee_id=failed.addressee_id,
        contact_point=point,
        instead_of=failed,
        wording_name=failed.wording_name,
        due_at=now,
        expires_at=failed.expires_at if expires else None,
        created_at=now,
        reason=f"Written instead of the message of {failed.created_at:%-d %B}, {NOT_THERE[State(failed.state)]}",
    )
    Delivery.objects.bulk_create([again], ignore_conflicts=True)
    if not Delivery.objects.filter(pk=again.pk).exists():
        return None
    who = {"by": by} if by else {}
    reason = f"{failed.reason or 'It did not arrive'}; written again ({channel})"
    Delivery.objects.filter(pk=failed.pk).update(reason=reason)
    Event.objects.create(delivery=failed, kind="again", at=now, detail={"channel": channel, "as": again.key, **who})
    Event.objects.create(delivery=again, kind="instead", at=now, detail={"of": failed.key, **who})
    return again


def _is_moot(delivery: Delivery) -> bool:
    return delivery.appeal is not None and delivery.appeal.status in NO_LONGER_ASKED
