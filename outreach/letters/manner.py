"""How an inbox wants supporters' letters: a few one by one and the rest together, or together only."""

from campaigns.addressee import Addressee, ContactPoint
from channels.email import EMAIL


def inbox_wants(address: str, *, digests_only: bool) -> None:
    """What an office says of an inbox; it holds for whoever shares it."""
    ContactPoint.objects.filter(channel=EMAIL.name, address__iexact=address).update(digests_only=digests_only)


def office_wants(addressee: Addressee, *, digests_only: bool) -> None:
    """The same for all inboxes of an office, as staff says it."""
    for address in addressee.contact_points.filter(channel=EMAIL.name).values_list("address", flat=True):
        inbox_wants(address, digests_only=digests_only)
