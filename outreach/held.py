"""Which deliveries the holds that stand now keep from leaving."""

from datetime import datetime

from django.db.models import Q

from campaigns.address import domain_of
from campaigns.hold import Hold
from outreach.delivery import Delivery


def held(now: datetime) -> Q:
    """Deliveries that a hold stops now."""
    stopped = Q(pk__in=[])
    for hold in Hold.objects.standing(now):
        stopped |= stopped_by(hold)
    return stopped


def stopped_by(hold: Hold) -> Q:
    """Deliveries that fit all the hold names: campaign, step, mailing, addressee, channel, domain; all, if none."""
    named = Q(pk__isnull=False)
    for field in ("campaign", "step", "addressee"):
        if value := getattr(hold, f"{field}_id"):
            named &= Q(**{field: value})
    if hold.mailing_id:
        named &= Q(wave__mailing=hold.mailing_id)
    if hold.channel:
        named &= Q(channel=hold.channel)
    if hold.domain:
        at = f"@{hold.domain}"
        named &= Q(contact_point__address__iendswith=at) | Q(supporter__email_domain=domain_of(at))
    return named


def is_stopped_by(hold: Hold, delivery: Delivery) -> bool:
    """The same about one delivery that was read already."""
    named = [
        (hold.campaign_id, delivery.campaign_id),
        (hold.step_id, delivery.step_id),
        (hold.mailing_id, delivery.wave.mailing_id),
        (hold.addressee_id, delivery.addressee_id),
        (hold.channel, delivery.channel),
    ]
    fits_domain = not hold.domain or delivery.address.casefold().endswith(f"@{hold.domain}".casefold())
    return fits_domain and all(not wanted or wanted == there for wanted, there in named)
