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
    for each in lost:
        each.contact_point = points.get((each.addressee_id, each.channel)) if each.addressee_id else None
    Delivery.objects.bulk_update(lost, ["contact_point"])


def first_points(addressees: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, str], ContactPoint]:
    """The first usable contact point of each addressee on each channel: good before ailing, never a dead one."""
    points = [p for p in ContactPoint.objects.filter(addressee__in=list(addressees)) if p.is_usable]
    return {(p.addressee_id, p.channel): p for p in sorted(points, key=lambda point: point.rank, reverse=True)}


def _has_lost_its_address(delivery: Delivery) -> bool:
    is_direct = delivery.audience != SUPPORTERS and not CHANNELS[delivery.channel].is_public
    return is_direct and delivery.contact_point is None and delivery.addressee_id is not None
