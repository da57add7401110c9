"""What went to inboxes lately, so that no more goes there than is kind."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from campaigns.addressee import ContactPoint
from outreach.letters.mailbag import Mailbag
from outreach.letters.pacing import DAY, Gone

REMEMBERED = timedelta(days=8)  # since when a digest may have gone that the next one has to keep its distance from


@dataclass(slots=True)
class Lately:
    """What went to one inbox. `digests`: when the last one of each campaign did."""

    singles: list[datetime]
    digests: dict[uuid.UUID, datetime]
    single_is_on_its_way: bool = False
    digest_is_on_its_way: bool = False

    @property
    def gone(self) -> Gone:
        return Gone(tuple(self.singles), self.single_is_on_its_way, self.digest_is_on_its_way)

    def note(self, campaign: uuid.UUID, at: datetime, now: datetime, *, is_digest: bool, state: str) -> None:
        """Another message that went there at `at`."""
        is_on_its_way = state in Mailbag.ON_THEIR_WAY
        if is_digest:
            self.digest_is_on_its_way |= is_on_its_way
            self.digests[campaign] = max(at, self.digests.get(campaign, at))
            return
        self.single_is_on_its_way |= is_on_its_way
        if state in Mailbag.MAY_HAVE_ARRIVED and at > now - DAY:
            self.singles.append(at)


def lately(inboxes: Mapping[str, Collection[uuid.UUID]], now: datetime) -> dict[str, Lately]:
    """For each inbox, by its address in small letters, with those addressees in it: what went there, or to them."""
    where = {addressee: address for address, those in inboxes.items() for addressee in those}
    found = {address: Lately([], {}) for address in inboxes}
    newly = Q(state__in=Mailbag.ON_THEIR_WAY) | Q(created_at__gt=now - REMEMBERED)
    there = Q(inbox__in=list(inboxes)) | Q(addressee__in=list(where))
    rows = Mailbag.objects.annotate(inbox=Lower("contact_point__address"), at=Coalesce("tried_at", "created_at"))
    rows = rows.filter(newly, there, state__in=(*Mailbag.ON_THEIR_WAY, *Mailbag.MAY_HAVE_ARRIVED)).order_by()
    for inbox, addressee, campaign, is_digest, state, at in rows.values_list(
        "inbox", "addressee", "campaign", "is_digest", "state", "at"
    ):
        for address in {inbox, where.get(addressee)} & found.keys():
            found[address].note(campaign, at, now, is_digest=is_digest, state=state)
    return found


def gone_to(point: ContactPoint, now: datetime) -> Gone:
    """What letters went to one inbox by themselves."""
    address = point.address.lower()
    return lately({address: [point.addressee_id]}, now)[address].gone
