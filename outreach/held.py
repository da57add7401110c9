"""Which deliveries the holds that stand now keep from leaving."""

from datetime import datetime

from django.db.models import Q

from campaigns.hold import Hold


def held(now: datetime) -> Q:
    """Deliveries that a hold stops now."""
    stopped = Q(pk__in=[])
    for hold in Hold.objects.standing(now):
        stopped |= stopped_by(hold)
    return stopped


def stopped_by(hold: Hold) -> Q:
    """Deliveries that fit everything the hold names: campaign, step, addressee, channel, domain."""
    named = Q()
    for field in ("campaign", "step", "addressee"):
        if value := getattr(hold, f"{field}_id"):
            named &= Q(**{field: value})
    if hold.channel:
        named &= Q(channel=hold.channel)
    if hold.domain:
        at = f"@{hold.domain}"
        named &= Q(contact_point__address__iendswith=at) | Q(supporter__email__iendswith=at)
    return named
