import hashlib
import json
import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.segment import Segment

LONGEST_KEY = 40


class Mailings(models.QuerySet["Mailing"]):
    def visible_to(self, user: User | AnonymousUser) -> "Mailings":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def to_write(self, now: datetime) -> "Mailings":
        """Those of which something is to be written at `now`: it is their time, they were begun, or their test is over.

        Whether they may is looked at when it is done.
        """
        begin = Q(state=Mailing.State.PLANNED, at__lte=now)
        decide = Q(state=Mailing.State.TESTING, test_ends_at__lte=now)
        return self.filter(begin | decide | Q(state=Mailing.State.COMPOSING))


class Mailing(models.Model):
    """What staff write to supporters outside the ladder: for whom, in which wordings, when.

    `wordings` are names of wordings; of several, each supporter gets one by lot. With a `test_share` (per cent) only so
    many get one at first; after `test_time` the rest gets what did better by the `measure`, or the first if that cannot
    be told. `written_to`: how far we have gone through the supporters, in order of their ids.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PLANNED = "planned"  # waits for its time and for approvals
        COMPOSING = "composing"  # its deliveries are being written, some at a time
        TESTING = "testing"  # the test share is written to; the rest waits for the end of the test
        COMPOSED = "composed"  # every delivery is written; what becomes of each, the deliveries say
        STOPPED = "stopped"

    class Measure(models.TextChoices):
        """What of those who got a wording do afterwards; clicks are not followed."""

        LETTERS = "letters"  # write to an addressee
        SIGNATURES = "signatures"  # sign
        UNSUBSCRIBES = "unsubscribes"  # want no more letters; the fewer the better

    class Above(models.TextChoices):
        """What becomes of a letter to somebody who has had as many as they may get for now."""

        LEFT_OUT = "left out"
        WAITS = "waits"

    MOVES: ClassVar[dict[str, set[State]]] = {
        State.DRAFT: {State.PLANNED},
        State.PLANNED: {State.DRAFT, State.COMPOSING, State.STOPPED},
        State.COMPOSING: {State.COMPOSING, State.TESTING, State.COMPOSED, State.STOPPED},
        State.TESTING: {State.COMPOSING, State.STOPPED},
        State.COMPOSED: {State.STOPPED},
        State.STOPPED: set(),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="mailings")
    key = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=150, help_text="For staff")
    segment = models.JSONField(default=dict, help_text="campaigns.segment")
    wordings = models.JSONField(default=list, help_text="Names; the first is the one that is sent in doubt")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    at = models.DateTimeField(null=True, help_text="When it is to begin")
    expires_after = models.DurationField(null=True, help_text="What could not leave for so long leaves no more")
    above_cap = models.CharField(max_length=10, choices=Above, default=Above.LEFT_OUT)
    measure = models.CharField(max_length=12, choices=Measure, default=Measure.LETTERS)
    test_share = models.PositiveSmallIntegerField(default=0, help_text="Per cent; 0 for no test before the rest")
    test_time = models.DurationField(null=True)
    test_ends_at = models.DateTimeField(null=True)
    chosen = models.CharField(max_length=60, blank=True, help_text="The wording the rest gets")
    decision = models.JSONField(default=dict, help_text="What was counted when it was chosen")
    written_to = models.UUIDField(null=True)
    author = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    composed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=150, blank=True)
    stop_reason = models.TextField(blank=True)

    objects = Mailings.as_manager()

    class Meta:
        ordering = ["-created_at", "key"]
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="one_mailing_per_key")]
        indexes = [
            models.Index(
                fields=["state", "at"], condition=Q(state__in=["planned", "composing", "testing"]), name="mailings_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    @property
    def for_whom(self) -> Segment:
        return Segment.of(self.segment)

    @property
    def is_contest(self) -> bool:
        """Whether more than one wording is tried."""
        return len(self.wordings) > 1

    @property
    def is_stopped(self) -> bool:
        return self.state == self.State.STOPPED

    @property
    def why_stopped(self) -> str:
        return f"The mailing was stopped by {self.stopped_by}: {self.stop_reason}"

    @property
    def wording_now(self) -> tuple[str, ...]:
        """The wordings that are being written: all that are tried, or the one that was chosen."""
        return (self.chosen,) if self.chosen else tuple(self.wordings)

    def move(self, state: str, **changes: object) -> bool:
        """Bring it to `state`; False, with nothing changed, if it may not go there from where it is."""
        before = [each for each, after in self.MOVES.items() if state in after]
        if not Mailing.objects.filter(pk=self.pk, state__in=before).update(state=state, **changes):
            return False
        self.refresh_from_db()
        return True

    def content(self) -> str:
        """A digest of all that is approved: for whom, how, and the versions of its wordings."""
        rows = self.campaign.wordings.usable().filter(name__in=self.wordings).order_by("pk")
        said = {
            "segment": self.segment,
            "wordings": self.wordings,
            "versions": [str(pk) for pk in rows.values_list("pk", flat=True)],
            "test": [self.test_share, self.test_time.total_seconds() if self.test_time else None, self.measure],
            "expires_after": self.expires_after.total_seconds() if self.expires_after else None,
            "above_cap": self.above_cap,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def lacking(self) -> int:
        """How many more people must approve it: as many as the campaign asks for at any of its steps."""
        asked = max((step.approvers for step in self.campaign.steps.all()), default=0)
        return max(0, asked - self.standing_approvals().count()) if asked else 0

    def standing_approvals(self) -> "models.QuerySet[MailingApproval]":
        """Those that count: of the mailing as it is now."""
        return self.approvals.filter(content=self.content(), taken_back_at=None).exclude(approver=None)


class MailingApproval(models.Model):
    """Somebody looked at a mailing and said yes to exactly what it was then."""

    id = models.BigAutoField(primary_key=True)
    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author = models.CharField(max_length=150, help_text="The approver's name")
    content = models.CharField(max_length=64)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "approver", "content"],
                condition=Q(taken_back_at=None),
                name="one_approval_of_a_mailing_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} approved by {self.author}"
