"""What becomes known about a delivery after the wire's first answer: from the provider, or from a person."""

from datetime import datetime

from django.db import transaction

from outreach.delivery import Delivery
from outreach.health import note_bounce, note_proof
from outreach.move import move

State = Delivery.State
UNPROVEN = (State.SENDING, State.UNKNOWN, State.SENT, State.DELIVERED)


@transaction.atomic
def proven(delivery: Delivery, now: datetime, how: str) -> bool:
    """It arrived, and `how` we know. False if that is known already or cannot be."""
    sent_at = delivery.sent_at or now
    if not move(delivery, State.DELIVERED, now, detail={"how": how}, delivered_at=now, sent_at=sent_at, reason=""):
        return False
    note_proof(delivery)
    return True


@transaction.atomic
def bounced(delivery: Delivery, now: datetime, reason: str, *, is_permanent: bool = True) -> bool:
    """It came back. A permanent bounce marks the contact point as dead, one that may pass is counted."""
    if not move(delivery, State.BOUNCED, now, detail={"reason": reason, "permanent": is_permanent}, reason=reason):
        return False
    note_bounce(delivery, is_permanent=is_permanent)
    return True


def settle_by_person(delivery: Delivery, *, arrived: bool, by: str, now: datetime) -> bool:
    """A person found out about a delivery that was unknown or unproven. False if there was nothing to find out."""
    if delivery.state not in UNPROVEN:
        return False
    if arrived:
        return proven(delivery, now, how=f"{by} found out")
    reason = f"{by} found out that it did not arrive"
    return move(delivery, State.BOUNCED, now, detail={"reason": reason, "permanent": False, "by": by}, reason=reason)
