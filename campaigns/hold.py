import math
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.mailing import Mailing
from campaigns.position import Stop
from campaigns.step import Step

LETTERS = "letters"
"""What a hold names in the place of a channel if it keeps supporters' letters from leaving, and nothing else."""
CLOCK_KEEPERS: dict[str, Any] = {"step": None, "mailing": None, "channel": "", "domain": ""}


class Holds(models.QuerySet["Hold"]):
    def standing(self, now: datetime) -> "Holds":
        return self.filter(lifted_at=None).filter(Q(until=None) | Q(until__gt=now))

    def over(self, campaign: Campaign) -> "Holds":
        """Holds that can concern this campaign; one on an addressee or a channel stands in every campaign."""
        return self.filter(Q(campaign=campaign) | Q(campaign=None))

    def on_everything(self) -> "Holds":
        """Those that name nothing, and so stop the whole installation."""
        return self.filter(campaign=None, addressee=None, **CLOCK_KEEPERS)

    def place(self, *, reason: str, author: str, now: datetime, until: datetime | None = None, **on: object) -> "Hold":
        """Stop something, with a reason and, if wanted, an end. Raises NotHoldable if it says too little."""
        if not any(on.values()):
            raise NotHoldable("Say what to hold: a campaign, step, mailing, channel, addressee or domain")
        return self._place(now, now, reason=reason, author=author, until=until, **on)

    def place_on_everything(
        self,
        *,
        reason: str,
        author: str,
        now: datetime,
        until: datetime | None = None,
        note: str = "",
        is_doubt: bool = False,
        since: datetime | None = None,
    ) -> "Hold":
        """Stop the whole installation. `since`: until when its clocks can be believed, if not until `now`."""
        said: dict[str, Any] = {"reason": reason, "author": author, "until": until, "note": note.strip()}
        return self._place(now, since or now, is_doubt=is_doubt, **said)

    def end_what_is_over(self, now: datetime) -> int:
        """Lift, as of their end, holds whose end has come."""
        over = list(self.filter(lifted_at=None, until__lte=now).order_by("until"))
        return sum(hold.lift(hold.until or now, author="the clock") for hold in over)

    @transaction.atomic
    def _place(self, now: datetime, since: datetime, *, reason: str, until: datetime | None, **named: Any) -> "Hold":
        if not reason.strip():
            raise NotHoldable("A hold needs a reason: it is shown to everyone who wonders why nothing happens")
        if until is not None and until <= now:
            raise NotHoldable("The hold would end before it begins")
        hold = self.create(reason=reason.strip(), began_at=now, until=until, **named)
        hold.stop_clocks(since)
        return hold


class NotHoldable(ValueError):
    """A hold that cannot be placed as it is, and why."""


class ClockInDoubt(ValueError):
    """The hold stands because the time itself is in doubt, and nobody has said that the clock is right."""


class Hold(models.Model):
    """A stop with a reason and, if wanted, an end: on a campaign, step, mailing, channel, addressee or domain.

    One that names none of them stops the whole installation; its `note` is for the public. A hold on everything, a
    campaign or an addressee also keeps the clock still: the time that was left is left when it is lifted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="holds")
    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="holds")
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="holds")
    addressee = models.ForeignKey(Addressee, models.CASCADE, null=True, related_name="holds")
    channel = models.CharField(max_length=20, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    reason = models.TextField()
    note = models.TextField(blank=True, help_text="What public pages say while everything is stopped")
    is_doubt = models.BooleanField(default=False, help_text="Who lifts it says that the clock is right")
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
        if self.channel == LETTERS:
            return f"supporters’ letters to {self.addressee.name if self.addressee else 'everybody'}"
        if self.addressee is not None:
            return self.addressee.name
        if self.step is not None:
            return f"step “{self.step.key}”"
        if self.mailing is not None:
            return f"the mailing “{self.mailing.title}”"
        if self.domain or self.channel:
            return self.domain or f"the channel {self.channel}"
        return "the campaign" if self.campaign_id else "everything"

    def is_on_everything(self) -> bool:
        return self.keeps_the_clock() and self.campaign_id is None and self.addressee_id is None

    def keeps_the_clock(self) -> bool:
        return self.step is None and self.mailing_id is None and not self.channel and not self.domain

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
    def lift(self, now: datetime, author: str, *, clock_is_right: bool = False) -> bool:
        """End the hold; clocks that no other hold keeps still go on with the time they had left.

        Raises ClockInDoubt if it was placed because the time was in doubt, and nobody says that the clock is right now.
        """
        if self.is_doubt and not clock_is_right:
            raise ClockInDoubt(f"{self.reason}. Look at the clock first, then say that it is right")
        standing = Hold.objects.filter(pk=self.pk, lifted_at=None)
        if not standing.update(lifted_at=now, lifted_by=author):
            return False
        self.refresh_from_db()
        self._let_clocks_go_on(now)
        return True

    def _let_clocks_go_on(self, now: datetime) -> None:
        others = Hold.objects.standing(now).filter(
            Q(campaign=OuterRef("campaign")) | Q(campaign=None),
            Q(addressee=OuterRef("addressee")) | Q(addressee=None),
            **CLOCK_KEEPERS,
        )
        still = Func(now - F("stopped_at"), template=WHOLE_SECONDS, output_field=models.DurationField())
        free = self.appeals().exclude(stopped_at=None).exclude(Exists(others))
        free.update(
            stopped_at=None, begun_at=F("begun_at") + still, due_at=F("due_at") + still, look_at=F("look_at") + still
        )


WHOLE_SECONDS = "make_interval(secs => greatest(0, ceil(extract(epoch FROM %(expressions)s))))"
"""How far a clock is moved that stood still: never less, and never back."""


def stops(campaign: Campaign, now: datetime) -> dict[uuid.UUID | None, tuple[Stop, ...]]:
    """The holds that stand now, by addressee; those on everyone under None."""
    found: dict[uuid.UUID | None, tuple[Stop, ...]] = {}
    on_clocks = Hold.objects.standing(now).over(campaign).filter(domain="", mailing=None)
    for hold in on_clocks.select_related("step", "addressee"):
        found[hold.addressee_id] = (*found.get(hold.addressee_id, ()), hold.stop())
    return found


def standstill(now: datetime) -> Hold | None:
    """The hold on the whole installation that stands now; where there are several, one that doubts the clock."""
    return Hold.objects.standing(now).on_everything().order_by("-is_doubt", "began_at").first()


def whole_seconds(span: timedelta) -> timedelta:
    """How far a clock is moved that stood still for `span`, as a forecast reckons."""
    return timedelta(seconds=math.ceil(span.total_seconds()))
