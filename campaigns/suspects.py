"""Which signatures are meant: by domain, network, time, a mark, or a pattern of name or address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from itertools import islice
from typing import Any

from django.db.models import Q

from campaigns.address import domain_of
from campaigns.campaign import Campaign
from campaigns.signature import Signature, Signatures

LONGEST = 100
AT_ONCE = 2000
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
VALID = (Signature.State.PENDING, Signature.State.CONFIRMED)


class NoSuspects(ValueError):
    """What was said names nobody in particular. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """All that is said must hold. `domain`: of the address, with all below it. `network`: the hash on the signature.

    `since`, `until`: when they signed, both ends included. `marked`: a word of `Signature.marks`. `name` and `mailbox`
    (what stands before the @) are patterns: `*` is anything, `?` one character; capitals do not count.
    """

    domain: str = ""
    network: str = ""
    since: datetime | None = None
    until: datetime | None = None
    marked: str = ""
    name: str = ""
    mailbox: str = ""

    def checked(self) -> "Suspects":
        """The same, its domain as the DNS knows it. Raises NoSuspects if nothing is said, or nothing that can be."""
        if not any(asdict(self).values()):
            raise NoSuspects("Say which: by domain, network, time, mark, or a pattern of name or mailbox")
        if self.since and self.until and self.until < self.since:
            raise NoSuspects(f"until ({self.until:%Y-%m-%d %H:%M}) is before since ({self.since:%Y-%m-%d %H:%M})")
        if any(len(each) > LONGEST for each in (self.name, self.mailbox)):
            raise NoSuspects(f"A pattern has {LONGEST} characters at most")
        domain = domain_of(f"x@{self.domain.strip().strip('@.')}") if self.domain else ""
        if self.domain and not DOMAIN.fullmatch(domain):
            raise NoSuspects(f"“{self.domain}” is no domain")
        return replace(self, domain=domain)

    def among(self, campaign: Campaign, signed_until: datetime) -> Iterator[list[int]]:
        """Numbers of the valid signatures that are meant and were there at `signed_until`, some at a time."""
        rows = self._rows(campaign).filter(signed_at__lte=signed_until).order_by("pk")
        if not (self.name or self.mailbox):
            numbers = iter(rows.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE))
        else:
            people = rows.select_related("supporter").iterator(chunk_size=AT_ONCE)
            numbers = (each.pk for each in people if self._fits(each))
        while some := list(islice(numbers, AT_ONCE)):
            yield some

    def told(self) -> dict[str, Any]:
        """As it is kept: what was said, and nothing else."""
        said = {name: value for name, value in asdict(self).items() if value}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}

    @classmethod
    def kept(cls, told: Mapping[str, Any]) -> "Suspects":
        """What `told` made of them."""
        instants = {name: datetime.fromisoformat(told[name]) for name in ("since", "until") if name in told}
        return cls(**{**told, **instants})

    def _rows(self, campaign: Campaign) -> Signatures:
        wanted = Q(campaign=campaign, state__in=VALID)
        if self.domain:
            at = "supporter__email_domain"
            wanted &= Q(**{at: self.domain}) | Q(**{f"{at}__endswith": f".{self.domain}"})
        if self.network:
            wanted &= Q(network=self.network)
        if self.since:
            wanted &= Q(signed_at__gte=self.since)
        if self.until:
            wanted &= Q(signed_at__lte=self.until)
        if self.marked:
            wanted &= Q(marks__contains=[self.marked])
        return Signature.objects.filter(wanted)

    def _fits(self, signature: Signature) -> bool:
        person = signature.supporter
        mailbox = person.email.rpartition("@")[0]
        pairs = ((self.name, person.name), (self.mailbox, mailbox))
        return all(fnmatchcase(said.casefold(), each.casefold()) for each, said in pairs if each)
