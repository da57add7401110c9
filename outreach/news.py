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
    """It arrived, and `how` we know; with it all that went in the same message. False if that is known already or
    cannot be.
    """
    return sum(_arrived(each, now, how) for each in delivery.together()) > 0


@transaction.atomic
def bounced(delivery: Delivery, now: datetime, reason: str, *, is_permanent: bool = True, by: str = "") -> bool:
    """It came back, and with it all that went in the same message. A permanent bounce marks the contact point as dead,
    one that may pass is counted. `by`: the person who found out, which says nothing of the address.
    """
    said = {"reason": reason, "permanent": is_permanent, **({"by": by} if by else {})}
    is_back = False
    for each in delivery.together():
        if move(each, State.BOUNCED, now, detail=said, reason=reason):
            is_back = True
            if not by:
                note_bounce(each, is_permanent=is_permanent)
    return is_back


def settle_by_person(delivery: Delivery, *, arrived: bool, by: str, now: datetime) -> bool:
    """A person found out about a delivery that was unknown or unproven. False if there was nothing to find out."""
    if delivery.state not in UNPROVEN:
        return False
    if arrived:
        return proven(delivery, now, how=f"{by} found out")
    return bounced(delivery, now, f"{by} found out that it did not arrive", is_permanent=False, by=by)


def _arrived(delivery: Delivery, now: datetime, how: str) -> bool:
    sent_at = delivery.sent_at or now
    if not move(delivery, State.DELIVERED, now, detail={"how": how}, delivered_at=now, sent_at=sent_at, reason=""):
        return False
    note_proof(delivery)
    return True
