"""Signatures that got no mail, because too many came from where they came from: staff let some of them have theirs."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from campaigns.campaign import Campaign
from campaigns.invalidation import SHOWN, Glimpse, glimpse
from campaigns.signature import Signature, Signatures
from campaigns.suspects import Suspects
from outreach.notice import Notice

GAP = timedelta(seconds=1)
"""Between two mails of one release."""


class Releases(models.QuerySet["Release"]):
    def visible_to(self, user: User | AnonymousUser) -> "Releases":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Release(models.Model):
    """Who let them have their mail, when, why, and how many they were. `suspects`: which, as for an invalidation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="releases")
    suspects = models.JSONField(help_text="Which signatures, in words of campaigns.suspects")
    reason = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    objects = Releases.as_manager()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.number} signatures: {self.reason}"


@dataclass(frozen=True, slots=True)
class Held:
    """Who would get a mail: how many, and some of them."""

    number: int
    sample: tuple[Glimpse, ...]


def held(campaign: Campaign) -> Signatures:
    """Signatures that wait for somebody to confirm them, and whose owner was never asked to."""
    asked = Notice.objects.filter(supporter=OuterRef("supporter"), kind=Notice.Kind.CONFIRM)
    waiting = Signature.objects.filter(campaign=campaign, state=Signature.State.PENDING)
    return waiting.filter(~Exists(asked), supporter__forgotten_at=None)


def preview_release(campaign: Campaign, suspects: Suspects, now: datetime) -> Held:
    """Whom `release` would write to, without doing it. Raises NoSuspects."""
    number, sample = 0, list[Glimpse]()
    for some in suspects.checked().among(campaign, now):
        rows = held(campaign).filter(pk__in=some)
        number += rows.count()
        if missing := SHOWN - len(sample):
            sample += map(glimpse, rows.select_related("supporter").order_by("pk")[:missing])
    return Held(number, tuple(sample))


@transaction.atomic
def release(campaign: Campaign, suspects: Suspects, *, reason: str, author: str, now: datetime) -> Release:
    """Let each of them who got none have the mail that asks to confirm, one a second. Raises NoSuspects.

    Whoever got it meanwhile gets no second one, so that doing it twice sends nothing twice.
    """
    suspects = suspects.checked()
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)  # two releases take turns
    kept = Release.objects.create(campaign=campaign, suspects=suspects.told(), reason=reason, author=author, at=now)
    notices = list(_notices(campaign, suspects, now))
    Notice.objects.bulk_create(notices)
    kept.number = len(notices)
    kept.save(update_fields=["number"])
    return kept


def _notices(campaign: Campaign, suspects: Suspects, now: datetime) -> Iterator[Notice]:
    turns = count()
    for some in suspects.among(campaign, now):
        for supporter in held(campaign).filter(pk__in=some).order_by("pk").values_list("supporter", flat=True):
            yield Notice(
                campaign=campaign,
                supporter_id=supporter,
                kind=Notice.Kind.CONFIRM,
                due_at=now + next(turns) * GAP,
                created_at=now,
            )
