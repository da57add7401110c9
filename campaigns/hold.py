import math
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.position import Stop
from campaigns.step import Step


class Holds(models.QuerySet["Hold"]):
    def standing(self, now: datetime) -> "Holds":
        return self.filter(lifted_at=None).filter(Q(until=None) | Q(until__gt=now))

    def over(self, campaign: Campaign) -> "Holds":
        """Holds that can concern this campaign; one on an addressee or a channel stands in every campaign."""
        return self.filter(Q(campaign=campaign) | Q(campaign=None))

    @transaction.atomic
    def place(self, *, reason: str, author: str, now: datetime, until: datetime | None = None, **on: object) -> "Hold":
        """Stop something, with a reason and, if wanted, an end. Raises NotHoldable if it says too little."""
        if not reason.strip():
            raise NotHoldable("A hold needs a reason: it is shown to everyone who wonders why nothing happens")
        if until is not None and until <= now:
            raise NotHoldable("The hold would end before it begins")
        if not any(on.values()):
            raise NotHoldable("Say what to hold: a campaign, step, channel, addressee or domain")
        hold = self.create(reason=reason.strip(), author=author, began_at=now, until=until, **on)
        hold.stop_clocks(now)
        return hold

    def end_what_is_over(self, now: datetime) -> int:
        """Lift, as of their end, holds whose end has come."""
        over = list(self.filter(lifted_at=None, until__lte=now).order_by("until"))
        return sum(hold.lift(hold.until or now, author="the clock") for hold in over)


class NotHoldable(ValueError):
    """A hold that cannot be placed as it is, and why."""


class Hold(models.Model):
    """A stop with a reason and, if wanted, an end: on a campaign, step, channel, addressee or recipient domain.

    A hold on a campaign or an addressee also keeps the clock still: the time that was left is left when it is lifted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="holds")
    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="holds")
    addressee = models.ForeignKey(Addressee, models.CASCADE, null=True, related_name="holds")
    channel = models.CharField(max_length=20, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    reason = models.TextField()
    author = models.CharField(max_length=150)
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    objects = Holds.as_manager()

    class Meta:
        ordering = ["-began_at"]
        indexes = [models.Index(fields=["campaign"], condition=Q(lifted_at=None), name="standing_holds")]

    def __str__(self) -> str:
        return f"{self.what()}: {self.reason}"

    def what(self) -> str:
        """What is held, in words."""
        if self.addressee is not None:
            return self.addressee.name
        if self.step is not None:
            return f"step “{self.step.key}”"
        return self.domain or (f"the channel {self.channel}" if self.channel else "the campaign")

    def keeps_the_clock(self) -> bool:
        return self.step is None and not self.channel and not self.domain

    def stop(self) -> Stop:
        return Stop(self.what(), self.reason, self.until, self.step.number if self.step else None, self.channel or None)

    def appeals(self) -> models.QuerySet[Appeal]:
        """The appeals whose clock it keeps still; also those that have acted, for a correction may let it go on."""
        if not self.keeps_the_clock():
            return Appeal.objects.none()
        covered = Appeal.objects.filter(status__in=[Appeal.Status.WAITING, Appeal.Status.ACTED])
        if self.campaign_id:
            covered = covered.filter(campaign=self.campaign_id)
        return covered.filter(addressee=self.addressee_id) if self.addressee_id else covered

    def stop_clocks(self, now: datetime) -> None:
        self.appeals().filter(stopped_at=None).update(stopped_at=now)

    @transaction.atomic
    def lift(self, now: datetime, author: str) -> bool:
        """End the hold; clocks that no other hold keeps still go on with the time they had left."""
        standing = Hold.objects.filter(pk=self.pk, lifted_at=None)
        if not standing.update(lifted_at=now, lifted_by=author):
            return False
        self.refresh_from_db()
        for appeal in self.appeals().exclude(stopped_at=None).select_for_update():
            if not _is_stopped_otherwise(appeal, now):
                _go_on(appeal, now)
        return True


def stops(campaign: Campaign, now: datetime) -> dict[uuid.UUID | None, tuple[Stop, ...]]:
    """The holds that stand now, by addressee; those on everyone under None."""
    found: dict[uuid.UUID | None, tuple[Stop, ...]] = {}
    for hold in Hold.objects.standing(now).over(campaign).filter(domain="").select_related("step", "addressee"):
        found[hold.addressee_id] = (*found.get(hold.addressee_id, ()), hold.stop())
    return found


def whole_seconds(span: timedelta) -> timedelta:
    """How far a clock is moved that stood still for `span`: never less."""
    return timedelta(seconds=math.ceil(span.total_seconds()))


def _is_stopped_otherwise(appeal: Appeal, now: datetime) -> bool:
    others: Iterable[Hold] = Hold.objects.standing(now).filter(
        Q(campaign=appeal.campaign_id) | Q(campaign=None), Q(addressee=appeal.addressee_id) | Q(addressee=None)
    )
    return any(hold.keeps_the_clock() for hold in others)


def _go_on(appeal: Appeal, now: datetime) -> None:
    assert appeal.stopped_at is not None
    still = whole_seconds(now - appeal.stopped_at)
    Appeal.objects.filter(pk=appeal.pk).update(
        stopped_at=None, begun_at=F("begun_at") + still, due_at=F("due_at") + still, look_at=F("look_at") + still
    )
