"""The health of contact points: what is known of an address from what became of messages to it.

| what happened                                                      | the contact point is                 |
|--------------------------------------------------------------------|--------------------------------------|
| no such mailbox (5.1.x, 550, 551, 553), the provider's hard bounce | dead at once                         |
| mailbox full or shut (5.2.x), a bounce that may pass, given up     | ailing, then dead, after so many     |
| a proof of delivery                                                | good again, unless it is dead        |
| anything else: our own fault, a policy, nobody knows               | as it was                            |
"""

from django.conf import settings
from django.db.models import F

from campaigns.addressee import ContactPoint
from outreach.delivery import Delivery
from outreach.letters.mailbag import Mailbag

Health = ContactPoint.Health
NO_SUCH_MAILBOX = ("5.1.", "550", "551", "553")
THE_SENDERS = ("5.1.7", "5.1.8")  # RFC 3463: these two speak of the sender's address
MAY_PASS = ("5.2.", "552", "4")


def note_refusal(message: Delivery | Mailbag, code: str) -> None:
    """`code`: what the other side gave as its reason, such as `5.1.1` or `452`; empty if nothing."""
    if code.startswith(NO_SUCH_MAILBOX) and code not in THE_SENDERS:
        note_bounce(message, is_permanent=True)
    elif code.startswith(MAY_PASS):
        note_bounce(message, is_permanent=False)


def note_bounce(message: Delivery | Mailbag, *, is_permanent: bool) -> None:
    """It did not get through, and it is the address that is at fault: for good, or in a way that may pass."""
    point = ContactPoint.objects.filter(pk__in=[message.contact_point_id])
    if is_permanent:
        point.update(health=Health.DEAD)
        return
    if _is_counted(message):
        return
    point.update(failures=F("failures") + 1)
    point.filter(failures__gte=settings.AILING_AFTER, health=Health.GOOD).update(health=Health.AILING)
    point.filter(failures__gte=settings.DEAD_AFTER).update(health=Health.DEAD)


def note_proof(message: Delivery | Mailbag) -> None:
    """It arrived. What is dead stays so: a proof may be older than what killed it."""
    point = ContactPoint.objects.filter(pk__in=[message.contact_point_id], failures__gt=0).exclude(health=Health.DEAD)
    point.update(health=Health.GOOD, failures=0)


def _is_counted(message: Delivery | Mailbag) -> bool:
    """Whether another letter to the same contact point, in the same message, has told this already."""
    others = (each for each in message.together() if each.pk != message.pk)
    return any((each.contact_point_id, each.state) == (message.contact_point_id, message.state) for each in others)
