"""An alarm: far more sign than come by themselves, so that the form asks for a proof of work until it is over.

It begins and ends by itself; staff may raise one, and may end one, which keeps others from beginning for a while.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction
from django.db.models import Count, Q

from campaigns.campaign import Campaign
from campaigns.signature import Signature
from outreach.crowds import BIG, MOST_OF, SPAN

LATELY = timedelta(minutes=10)
USUAL = timedelta(days=7)
LEAST = 300
"""Sign-ups of one campaign in ten minutes below which nothing is far above anything."""
FAR = 20
"""So many times as many as in ten minutes of the week before is more than comes by itself."""
LULL = timedelta(minutes=30)
"""After so long without another reason it is over."""
REST = timedelta(hours=1)
"""For so long after staff ended one, none begins by itself."""
SYSTEM = "the watch over signatures"


class Alarms(models.QuerySet["Alarm"]):
    def visible_to(self, user: User | AnonymousUser) -> "Alarms":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def standing(self) -> "Alarms":
        return self.filter(ended_at=None)

    def over(self, campaign: Campaign | uuid.UUID) -> "Alarms":
        return self.standing().filter(campaign=campaign)


class Alarm(models.Model):
    """`of`, `value`: what so many have in common; for `all`, the campaign as a whole; for `staff`, somebody's word.

    `number`: how many there were when it was last looked at, in an hour (a network, a domain) or in ten minutes (all).
    `usual`: how many there are otherwise.
    """

    class Of(models.TextChoices):
        NETWORK = "network"
        DOMAIN = "domain"
        ALL = "all"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="alarms")
    of = models.CharField(max_length=8, choices=Of)
    value = models.CharField(max_length=253, blank=True)
    number = models.PositiveIntegerField(default=0)
    usual = models.FloatField(default=0)
    reason = models.TextField(blank=True)
    author = models.CharField(max_length=150)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When there was last a reason for it")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    objects = Alarms.as_manager()

    class Meta:
        ordering = ["-began_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "of", "value"], condition=Q(ended_at=None), name="one_alarm_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.value}".strip()

    @property
    def said(self) -> str:
        """What is wrong, in a sentence."""
        if self.of == self.Of.STAFF:
            return self.reason
        if self.of == self.Of.ALL:
            return f"{self.number:,} signed in ten minutes; usual are {self.usual:.1f}"
        what = "one network" if self.of == self.Of.NETWORK else self.value
        return f"{self.number:,} signed within an hour from {what}; more than {MOST_OF[self.of]} get no mail"


@dataclass(frozen=True, slots=True)
class Sight:
    """Far more than usual: of what, how many, and how many there usually are."""

    campaign: uuid.UUID
    of: str
    value: str
    number: int
    usual: float = 0.0


@transaction.atomic
def watch_signatures(now: datetime) -> list[Alarm]:
    """Raise and end alarms by what has been signed lately. Answers those that began. Doing it twice changes nothing."""
    seen = [*_of_all(now), *_of_crowds(now)]
    rested = set(
        Alarm.objects.filter(ended_at__gt=now - REST).exclude(ended_by=SYSTEM).values_list("campaign", flat=True)
    )
    begun = [alarm for sight in seen if (alarm := _note(sight, now, may_begin=sight.campaign not in rested))]
    past = Alarm.objects.standing().exclude(of=Alarm.Of.STAFF).filter(seen_at__lte=now - LULL)
    past.update(ended_at=now, ended_by=SYSTEM)
    return begun


@transaction.atomic
def raise_alarm(campaign: Campaign, *, reason: str, author: str, now: datetime) -> Alarm | None:
    """Staff ask for proofs of work until they end it. None if they do already."""
    return _begin(Sight(campaign.pk, Alarm.Of.STAFF, "", 0), now, reason=reason, author=author)


def end_alarms(campaign: Campaign, *, author: str, now: datetime) -> int:
    """End every alarm over a campaign; none begins by itself for an hour. Answers how many ended."""
    return Alarm.objects.over(campaign).update(ended_at=now, ended_by=author)


def alarmed(campaigns: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Over which of these campaigns an alarm stands."""
    return frozenset(Alarm.objects.standing().filter(campaign__in=campaigns).values_list("campaign", flat=True))


def _note(sight: Sight, now: datetime, *, may_begin: bool) -> Alarm | None:
    """A standing alarm goes on; else one begins, if it may."""
    same = Alarm.objects.over(sight.campaign).filter(of=sight.of, value=sight.value)
    if same.update(seen_at=now, number=sight.number) or not may_begin:
        return None
    return _begin(sight, now, author=SYSTEM)


def _begin(sight: Sight, now: datetime, *, author: str, reason: str = "") -> Alarm | None:
    alarm = Alarm(
        campaign_id=sight.campaign,
        of=sight.of,
        value=sight.value,
        number=sight.number,
        usual=sight.usual,
        reason=reason,
        author=author,
        began_at=now,
        seen_at=now,
    )
    Alarm.objects.bulk_create([alarm], ignore_conflicts=True)
    return Alarm.objects.filter(pk=alarm.pk).first()


def _of_all(now: datetime) -> Iterable[Sight]:
    lately = _signed(now - LATELY, now).values("campaign").annotate(number=Count("pk"))
    for campaign, number in lately.filter(number__gte=LEAST).values_list("campaign", "number"):
        since = now - LATELY - USUAL
        before = _signed(since, now - LATELY).filter(campaign=campaign).count()
        usual = before * (LATELY / USUAL)
        if number >= FAR * usual:
            yield Sight(campaign, Alarm.Of.ALL, "", number, usual)


def _of_crowds(now: datetime) -> Iterable[Sight]:
    """Networks and domains from which more came than get mail."""
    recent = _signed(now - SPAN, now)
    for of, column in ((Alarm.Of.NETWORK, "network"), (Alarm.Of.DOMAIN, "supporter__email_domain")):
        rows = recent.exclude(**{column: ""}).values("campaign", column).annotate(number=Count("pk"))
        for campaign, value, number in rows.filter(number__gt=MOST_OF[of]).values_list("campaign", column, "number"):
            if value not in BIG:
                yield Sight(campaign, of, value, number)


def _signed(since: datetime, until: datetime) -> models.QuerySet[Signature]:
    running = Signature.objects.filter(campaign__status=Campaign.Status.RUNNING)
    return running.filter(signed_at__gt=since, signed_at__lte=until).order_by()
