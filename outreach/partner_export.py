"""What a partner is given: those who told it yes, and nobody else; and whom it must delete again."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from campaigns.asking import OF_PARTNER, Question
from campaigns.campaign import Campaign
from campaigns.consent import Consent
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.text import in_language
from campaigns.words.near import nearest
from outreach.partner_key import enveloped, fingerprint_of
from outreach.partner_share import PartnerShare
from outreach.suppression import suppressed

AT_ONCE = 2000
JSON, ENVELOPE = "application/json", "application/pkcs7-mime"


class NoPartner(ValueError):
    """There is no such partner. The text says which there are."""


class PartnerExports(models.QuerySet["PartnerExport"]):
    def visible_to(self, user: User | AnonymousUser) -> "PartnerExports":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class PartnerExport(models.Model):
    """That a partner was given a file: who made it, when, of how many, for whose key. The file itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="partner_exports")
    partner = models.CharField(max_length=60)
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    number = models.PositiveIntegerField(help_text="People in it")
    to_delete = models.PositiveIntegerField(help_text="People the partner is told to delete")
    key = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the certificate; empty for a plain file")
    sha256 = models.CharField(max_length=64, help_text="Of the file")

    objects = PartnerExports.as_manager()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.number} people to {self.partner}"


@dataclass(frozen=True, slots=True)
class Handed:
    """The file, and the record that it was made."""

    export: PartnerExport
    content: bytes
    media_type: str


def partner_of(campaign: Campaign, key: str) -> Question:
    """The partner of that key. Raises NoPartner."""
    partners = {each.purpose.removeprefix(OF_PARTNER): each for each in campaign.asking().partners}
    if key not in partners:
        near = nearest(key, partners)
        there = f"did you mean {near}?" if near else f"there is: {', '.join(partners) or 'none'}"
        raise NoPartner(f"“{campaign.slug}” names no partner “{key}”; {there}")
    return partners[key]


def allowed(campaign: Campaign, partner: Question) -> QuerySet[Supporter]:
    """Those who told this partner yes, last of all, have confirmed their address, and whose signature counts."""
    said = Consent.objects.filter(supporter=OuterRef("pk"), purpose=partner.purpose).order_by("-id")
    people = Supporter.objects.filter(Exact(Subquery(said.values("is_given")[:1]), Value(True)))
    people = people.filter(campaign=campaign, forgotten_at=None, confirmed_at__isnull=False)
    people = people.filter(signature__state=Signature.State.CONFIRMED)
    return people.annotate(told_at=Subquery(said.values("at")[:1])).order_by("pk")


@transaction.atomic
def hand_over(campaign: Campaign, key: str, *, certificate: bytes | None, author: str, now: datetime) -> Handed:
    """The whole file for a partner, written down as given. `certificate`: the partner's, in PEM; None for a plain file.

    Raises NoPartner, and NoKey if the certificate cannot be used.
    """
    partner = partner_of(campaign, key)
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)  # two exports take turns
    people = list(_people(campaign, partner, key, now))
    gone = list(_gone(campaign, partner, key, now))
    content = _document(campaign, partner, people, gone, author, now)
    content, media_type = (enveloped(content, certificate), ENVELOPE) if certificate else (content, JSON)
    export = PartnerExport.objects.create(
        campaign=campaign,
        partner=key,
        author=author,
        at=now,
        number=len(people),
        to_delete=len(gone),
        key=fingerprint_of(certificate) if certificate else "",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Handed(export, content, media_type)


def _people(campaign: Campaign, partner: Question, key: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Each of them as told, and noted as shared; who must not be written to is left out."""
    kept = dict(PartnerShare.objects.filter(campaign=campaign, partner=key).values_list("supporter", "pk"))
    everybody = allowed(campaign, partner).iterator(chunk_size=AT_ONCE)
    some: list[Any] = []
    for person in everybody:
        some.append(person)
        if len(some) == AT_ONCE:
            yield from _shared(some, kept, campaign, key, now)
            some = []
    yield from _shared(some, kept, campaign, key, now)


def _shared(
    people: list[Any], kept: dict[uuid.UUID, uuid.UUID], campaign: Campaign, key: str, now: datetime
) -> Iterator[dict[str, Any]]:
    must_not = suppressed("email", [each.email for each in people])
    given = [each for each in people if each.email not in must_not]
    known = [kept[each.pk] for each in given if each.pk in kept]
    PartnerShare.objects.filter(pk__in=known).update(last_at=now, ended_at=None, reason="")
    shares = {
        each.pk: PartnerShare(campaign=campaign, supporter=each, partner=key, first_at=now, last_at=now)
        for each in given
        if each.pk not in kept
    }
    PartnerShare.objects.bulk_create(shares.values())
    for each in given:
        name = kept.get(each.pk) or shares[each.pk].pk
        said = {"id": name, "name": each.name, "email": each.email, "language": each.language}
        yield {**said, "country": each.country, "postcode": each.postcode, "said_yes_at": each.told_at}


def _gone(campaign: Campaign, partner: Question, key: str, now: datetime) -> Iterator[dict[str, Any]]:
    """All who were given before and are not any more: by their names for the partner, and why."""
    before = PartnerShare.objects.filter(campaign=campaign, partner=key).exclude(last_at=now)
    shares = {each.supporter_id: each for each in before.select_related("supporter")}
    refused = Consent.objects.filter(supporter__in=shares, purpose=partner.purpose).order_by("id")
    standing = dict(refused.values_list("supporter", "is_given"))
    for share in shares.values():
        if share.ended_at is None:
            share.ended_at, share.reason = now, _why(share.supporter, standing)
            share.save(update_fields=["ended_at", "reason"])
        yield {"id": share.pk, "reason": share.reason, "since": share.ended_at}


def _why(supporter: Supporter, standing: dict[uuid.UUID, bool]) -> str:
    if supporter.forgotten_at:
        return PartnerShare.Reason.ERASED
    is_given = standing.get(supporter.pk)
    return PartnerShare.Reason.NOT_COUNTED if is_given else PartnerShare.Reason.WITHDRAWN


def _document(
    campaign: Campaign,
    partner: Question,
    people: list[dict[str, Any]],
    gone: list[dict[str, Any]],
    author: str,
    now: datetime,
) -> bytes:
    language = campaign.default_language
    told = {
        "campaign": {"slug": campaign.slug, "title": campaign.name},
        "partner": {"name": in_language(partner.partner or {}, language), "website": partner.website},
        "made_at": now,
        "made_by": author,
        "asked": partner.words(language),
        "people": people,
        "to_delete": gone,
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()
