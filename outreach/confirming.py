"""The second step of signing: somebody who reads the mail of that address presses a button."""

from datetime import datetime

from django.db import transaction

from campaigns.consent import UPDATES, Consent
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.erasing import erase

State = Signature.State


@transaction.atomic
def confirm(supporter: Supporter, now: datetime) -> bool:
    """The signature is theirs, and so are the decisions that came with it. False if it had been said before."""
    signature = Signature.objects.get(supporter=supporter)
    if not signature.confirm(now):
        return False
    address_is_proven(supporter, now)
    return True


def address_is_proven(supporter: Supporter, now: datetime) -> None:
    """Whoever pressed the button reads the mail of this address: the decisions that came with the form count now."""
    is_wanted = Consent.objects.standing(supporter, UPDATES)
    changes = {"confirmed_at": now, **({"agreed_at": now, "opted_out_at": None} if is_wanted else {})}
    Supporter.objects.filter(pk=supporter.pk).update(**changes)


@transaction.atomic
def disown(supporter: Supporter, now: datetime) -> bool:
    """«It was not me»: the signature goes, no letter comes any more, and we forget who it was said to be."""
    signature = Signature.objects.get(supporter=supporter)
    is_new = signature.withdraw(now)
    erase(supporter, now)
    return is_new
