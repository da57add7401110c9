"""How an inbox wants supporters' letters: a few one by one and the rest together, or together only."""

from campaigns.addressee import ContactPoint
from channels.email import EMAIL


def want_digests_only(address: str, wanted: bool) -> bool:
    """What an office, or staff for it, says of an inbox, whoever shares it. False if it was so before."""
    points = ContactPoint.objects.filter(channel=EMAIL.name, address__iexact=address)
    return points.exclude(digests_only=wanted).update(digests_only=wanted) > 0
