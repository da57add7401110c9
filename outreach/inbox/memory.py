"""What we remember of our letters and of the addressees' addresses, as `match` asks for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.supporter import Supporter
from channels.email import EMAIL
from outreach import reply_address
from outreach.delivery import Delivery
from outreach.inbox.match import Acquaintance
from outreach.inbox.voice import belongs_to, domain_of
from outreach.letters.mailbag import Mailbag

WRITTEN = (Delivery.State.SENDING, Delivery.State.SENT, Delivery.State.DELIVERED, Delivery.State.UNKNOWN)
NEWEST = 20  # letters to an addressee whose subjects are compared


class Remembered:
    """The database, asked when it is needed."""

    def appeals_at(self, addresses: Iterable[str]) -> Mapping[UUID, float]:
        return reply_address.appeals_at(addresses)

    def appeals_of(self, keys: Iterable[str]) -> Mapping[str, Sequence[UUID]]:
        """Only letters to the addressee of the appeal: who answers a letter about others does not answer for them."""
        found: dict[str, list[UUID]] = defaultdict(list)
        for letter in letters_of(keys):
            if letter.appeal is not None and letter.appeal.addressee_id == letter.addressee_id:
                found[letter.name_on_the_wire.hex].append(letter.appeal.pk)
                found[letter.key].append(letter.appeal.pk)
        return {key: sorted(set(appeals)) for key, appeals in found.items()}

    def acquaintances(self, sender: str) -> list[Acquaintance]:
        """Appeals to whose addressee we have written, and who has this address or this domain."""
        points = [each for each in _points_like(sender) if belongs_to(sender, [each.address])]
        exact = {each.addressee_id for each in points if each.address.casefold() == sender.casefold()}
        asked = Appeal.objects.filter(addressee__in={each.addressee_id for each in points})
        asked = asked.exclude(status__in=[Appeal.Status.PLANNED, Appeal.Status.WITHDRAWN])
        subjects = _subjects(asked)
        return [Acquaintance(each.pk, each.addressee_id in exact, frozenset(subjects[each.pk])) for each in asked]


def letters_of(keys: Iterable[str]) -> list[Delivery]:
    """The deliveries behind keys on a wire: of a message in which several went, all of them."""
    ids = [UUID(hex=key) for key in keys if _is_id(key)]
    rows = Delivery.objects.filter(Q(pk__in=ids) | Q(digest__in=ids)) if ids else Delivery.objects.none()
    return list(rows.select_related("appeal", "contact_point", "supporter").defer("text", "html"))


def mailbags_of(keys: Iterable[str]) -> list[Mailbag]:
    """The messages with supporters' letters behind keys on a wire."""
    ids = [UUID(hex=key) for key in keys if _is_id(key)]
    return list(Mailbag.objects.filter(pk__in=ids).select_related("contact_point")) if ids else []


def addresses_of(appeal: Appeal) -> list[str]:
    """The mail addresses of whom an appeal is put to."""
    points = ContactPoint.objects.filter(addressee=appeal.addressee_id, channel=EMAIL.name)
    return list(points.values_list("address", flat=True))


def is_supporter(sender: str) -> bool:
    """Whether somebody with this address supports any campaign."""
    return bool(sender) and Supporter.objects.at(sender).exists()


def _points_like(sender: str) -> Iterable[ContactPoint]:
    """Contact points whose domain is the sender's, or above or below it."""
    domain = domain_of(sender)
    if "." not in domain:
        return []
    labels = domain.split(".")
    above = [".".join(labels[n:]) for n in range(len(labels) - 1)]
    like = Q(address__iendswith=f".{domain}")
    for each in above:
        like |= Q(address__iendswith=f"@{each}")
    return ContactPoint.objects.filter(like, channel=EMAIL.name)


def _subjects(appeals: Iterable[Appeal]) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    written = Delivery.objects.filter(appeal__in=appeals, channel=EMAIL.name, state__in=WRITTEN).order_by("-created_at")
    for appeal, subject in written.values_list("appeal", "subject"):
        if len(found[appeal]) < NEWEST:
            found[appeal].append(subject)
    return found


def _is_id(key: str) -> bool:
    return len(key) == 32 and all(letter in "0123456789abcdef" for letter in key.lower())
