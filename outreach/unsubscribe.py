"""A supporter ends our letters, or wants them again after all. Either is a decision, and kept as one."""

from datetime import datetime

from django.db import transaction

from campaigns.consent import UPDATES, record
from campaigns.supporter import Supporter
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.move import move

WAITING = (Delivery.State.PLANNED, Delivery.State.DUE, Delivery.State.DELAYED)


@transaction.atomic
def opt_out(supporter: Supporter, now: datetime, source: str = "unsubscribe") -> bool:
    """End all letters of this campaign to them, those that wait to be sent included. False: it had ended before."""
    if not supporter.opt_out(now):
        return False
    record(supporter, UPDATES, is_given=False, source=source, now=now)
    for delivery in supporter.deliveries.filter(state__in=WAITING):
        if not _may_be_on_the_wire(delivery):
            move(delivery, Delivery.State.SUPPRESSED, now, reason="Opted out", detail={"reason": "Opted out"})
    return True


@transaction.atomic
def opt_in_again(supporter: Supporter, now: datetime) -> bool:
    """They want them after all, as they had agreed to. False if they had not opted out."""
    if not supporter.opt_in_again():
        return False
    if supporter.agreed_at is not None:
        record(supporter, UPDATES, is_given=True, source="unsubscribe", now=now)
    return True


def _may_be_on_the_wire(delivery: Delivery) -> bool:
    """Whether a chunk has got as far as this delivery; from here on it cannot before we are done."""
    if delivery.chunk_id is None or delivery.place is None:
        return False
    chunk = Chunk.objects.select_for_update().get(pk=delivery.chunk_id)
    return delivery.place < chunk.intended
