"""A person asks us, by whatever way, to be erased: staff find them by their address, and erase them in two steps."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

from campaigns.address import digests
from campaigns.supporter import Supporter, Supporters
from channels.email import EMAIL
from outreach.dated_seal import dated_seal, sealed_at
from outreach.erasing import erase, forget_letters_from
from outreach.incoming import Incoming
from outreach.suppression import suppress

PATIENCE = timedelta(minutes=15)
"""For so long what was found may be erased; then it is looked for again."""
ASKED = "Asked never to be written to again"


class NotErasable(ValueError):
    """Why nobody is erased; nothing was changed."""


class Erasure(models.Model):
    """That somebody was erased on their request: by whom, when and why, and in how many campaigns. Never who it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reason = models.TextField(help_text="How they asked; nothing by which they could be known")
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    campaigns = models.JSONField(default=list, help_text="Slugs of those they took part in")
    mails = models.PositiveIntegerField(default=0, help_text="Mails of theirs that were wiped")
    is_suppressed = models.BooleanField(default=False, help_text="They must never be written to again")

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"in {len(self.campaigns)} campaigns by {self.author}"


@dataclass(frozen=True, slots=True)
class Trace:
    """What we know of an address in one campaign, without the name."""

    campaign: str
    title: str
    joined_at: datetime
    state: str
    letters: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address is known, and how many mails came from it. `proof`: for the second step, that one looked."""

    traces: tuple[Trace, ...]
    mails: int
    proof: str


def find(address: str, now: datetime) -> Found:
    """The first step; changes nothing. Raises NotErasable if it is no address."""
    if problem := EMAIL.address_problem(address.strip()):
        raise NotErasable(problem)
    people = _people(address)
    return Found(tuple(_traces(people)), _mails(address).count(), dated_seal(_wish(address), now))


@transaction.atomic
def erase_person(
    address: str, proof: str, *, reason: str, author: str, now: datetime, is_suppressed: bool = False
) -> Erasure:
    """The second step: everywhere, as if they had done it themselves.

    Raises NotErasable if one did not look before, nobody is known by that address, or no reason is given, or one that
    names it.
    """
    if sealed_at(proof, _wish(address), now, PATIENCE) is None:
        raise NotErasable("Look for the address first: what was found may be erased for a quarter of an hour")
    if not reason.strip() or address.strip().casefold() in reason.casefold():
        raise NotErasable("Say how they asked, without their address: it is kept")
    people = list(_people(address).select_related("campaign"))
    mails = _mails(address).count()
    if not people and not mails and not is_suppressed:
        raise NotErasable("Nobody is known by this address")
    for person in people:
        erase(person, now)
    forget_letters_from(digests(address), now)
    if is_suppressed:
        suppress(EMAIL.name, address, ASKED, now)
    slugs = sorted(person.campaign.slug for person in people)
    return Erasure.objects.create(
        reason=reason, author=author, at=now, campaigns=slugs, mails=mails, is_suppressed=is_suppressed
    )


def _people(address: str) -> Supporters:
    return Supporter.objects.at(address).filter(forgotten_at=None).order_by("campaign__slug")


def _mails(address: str) -> models.QuerySet[Incoming]:
    theirs = Incoming.objects.filter(sender_digest__in=digests(address), responses=None)
    return theirs.exclude(state=Incoming.State.WAITING)


def _traces(people: Supporters) -> Iterator[Trace]:
    for person in people.select_related("campaign", "signature"):
        signature = getattr(person, "signature", None)
        state = str(signature.state) if signature else "no signature"
        letters = person.deliveries.count()
        yield Trace(person.campaign.slug, person.campaign.name, person.joined_at, state, letters)


def _wish(address: str) -> str:
    return f"erase {address.strip().casefold()}"
