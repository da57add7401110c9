"""What else goes to the same people and inboxes, of other campaigns and lately: the cap counts all of it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.ladder import SUPPORTERS
from channels.channel import CHANNELS
from outreach.cap import MAY_HAVE_ARRIVED
from outreach.collisions import Foreseen
from outreach.delivery import Delivery
from outreach.rehearsal.record import Rehearsal

MOST_OTHERS = 20  # campaigns that are foreseen beside the one that is asked about


def own(rehearsal: Rehearsal) -> Iterator[Foreseen]:
    """Messages of a forecast to addressees and groups themselves."""
    edition = rehearsal.edition
    for entry in rehearsal.sends:
        if entry.addressee and entry.audience != SUPPORTERS and not CHANNELS[entry.channel].is_public:
            yield Foreseen(entry.at, entry.addressee, inbox_of(edition, entry.addressee, entry.channel), edition.slug)


def inbox_of(edition: Edition, addressee: str, channel: str) -> str:
    """As the cap names it; an address is the same in capitals and small letters."""
    return f"{channel} {edition.readers[addressee].addresses.get(channel, '').lower()}"


def lately(addressees: Collection[str], now: datetime) -> Iterator[Foreseen]:
    """What went to them within the time that the cap looks back, of whichever campaign."""
    direct = [name for name, channel in CHANNELS.items() if not channel.is_public]
    rows = (
        Delivery.objects.filter(addressee__key__in=addressees, state__in=MAY_HAVE_ARRIVED, channel__in=direct)
        .exclude(audience=SUPPORTERS)
        .annotate(at=Coalesce("tried_at", "sent_at", "due_at"))
        .filter(at__gt=now - settings.CAP_TIME)
        .order_by("at")
    )
    names = ("at", "addressee__key", "channel", "contact_point__address", "campaign__slug")
    for at, addressee, channel, address, slug in rows.values_list(*names):
        yield Foreseen(at, addressee, f"{channel} {(address or '').lower()}", slug)


def others(campaign: Campaign, edition: Edition) -> list[Campaign]:
    """Other running campaigns that write to the same people, or to the same inboxes under another name."""
    inboxes = {address for reader in edition.readers.values() for address in reader.addresses.values()}
    shared = Q(appeals__addressee__key__in=edition.readers) | Q(appeals__addressee__contact_points__address__in=inboxes)
    found = Campaign.objects.running().exclude(pk=campaign.pk).filter(shared).distinct().order_by("slug")
    return list(found[:MOST_OTHERS])
