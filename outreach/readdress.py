"""Letters whose contact point left the directory before they left: they go to the one that is there now."""

import uuid
from collections.abc import Iterable, Sequence

from campaigns.addressee import ContactPoint
from campaigns.ladder import SUPPORTERS
from channels.channel import CHANNELS
from outreach.delivery import Delivery


def readdress(due: Sequence[Delivery]) -> None:
    """Give each that has lost its contact point the first usable one of its addressee on its channel, if there is one.

    The caller has locked them.
    """
    lost = [each for each in due if _has_lost_its_address(each)]
    if not lost:
        return
    points = first_points(each.addressee_id for each in lost if each.addressee_id)
    found = ContactPoint.objects.in_bulk(points.values())
    for each in lost:
        pk = points.get((each.addressee_id, each.channel)) if each.addressee_id else None
        each.contact_point = found[pk] if pk else None
    Delivery.objects.bulk_update(lost, ["contact_point"])


def first_points(addressees: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    """The first usable contact point of each addressee on each channel: good before ailing, never a dead one."""
    usable = ContactPoint.objects.filter(addressee__in=list(addressees)).exclude(health=ContactPoint.Health.DEAD)
    best_first = usable.order_by("addressee_id", "channel", "-health", "position", "address")  # «good» after «ailing»
    first = best_first.distinct("addressee_id", "channel").values_list("addressee", "channel", "pk")
    return {(office, channel): pk for office, channel, pk in first}


def _has_lost_its_address(delivery: Delivery) -> bool:
    is_direct = delivery.audience != SUPPORTERS and not CHANNELS[delivery.channel].is_public
    return is_direct and delivery.contact_point is None and delivery.addressee_id is not None
