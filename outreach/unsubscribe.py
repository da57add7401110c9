"""A supporter ends our letters, or wants them again after all."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from campaigns.supporter import Supporter
from campaigns.unsubscribe import Unsubscribing
from outreach.delivery import Delivery
from outreach.move import move

WAITING = (Delivery.State.PLANNED, Delivery.State.DUE, Delivery.State.DELAYED)


def unsubscribing() -> Unsubscribing:
    """The links of this installation."""
    return _unsubscribing(settings.OUTREACH_URL, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@transaction.atomic
def opt_out(supporter: Supporter, now: datetime) -> bool:
    """End all letters of this campaign to them, those that wait to be sent included. False: it had ended before."""
    if not supporter.opt_out(now):
        return False
    for delivery in supporter.deliveries.filter(state__in=WAITING):
        move(delivery, Delivery.State.SUPPRESSED, now, reason="Opted out", detail={"reason": "Opted out"})
    return True


@lru_cache(maxsize=8)
def _unsubscribing(base: str, secrets: tuple[str, ...]) -> Unsubscribing:
    return Unsubscribing(base, secrets)
