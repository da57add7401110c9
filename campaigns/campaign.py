import uuid
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Coalesce

from campaigns.asking import Asking, asking_of
from campaigns.durations import seconds
from campaigns.ladder import Ladder
from campaigns.position import Clock, Fairness, Rules, Satisfied
from campaigns.sending import sending_of
from campaigns.text import in_language


class Campaigns(models.QuerySet["Campaign"]):
    def visible_to(self, user: User | AnonymousUser) -> "Campaigns":
        """What this person may see: everything for staff who are signed in, nothing for anyone else."""
        return self if user.is_active and user.is_staff else self.none()

    def running(self) -> "Campaigns":
        return self.filter(status=Campaign.Status.RUNNING)


class Campaign(models.Model):
    """Demands put to addressees, with a ladder of steps and the wordings for each."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        RUNNING = "running"
        CLOSED = "closed"  # nothing is waiting any more, or it was withdrawn

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    languages = models.JSONField(help_text="Languages there are wordings in; the first is the default")
    time_zone = models.CharField(max_length=64)
    publish_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    clock = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Clock], default=Clock.PUBLICATION)
    satisfied = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Satisfied], default=Satisfied.ALL)
    put_to = models.JSONField(default=list, help_text="Keys of the groups the demands are put to")
    fairness = models.JSONField(default=dict)
    sending = models.JSONField(default=dict, help_text="When messages to each audience may leave")
    facts = models.JSONField(default=list)
    sender = models.JSONField(default=dict)
    consent = models.JSONField(default=dict, help_text="What people are asked and told (asking.py)")
    terms = models.JSONField(default=dict)
    website = models.URLField(blank=True)
    embed = models.JSONField(default=list, blank=True, help_text="Sites that may show the form for signing in a frame")
    letter_rules = models.JSONField(default=dict, help_text="How letters of supporters begin")
    fallbacks = models.JSONField(default=list, help_text="Keys of addressees for people whom nobody represents")
    divisions = models.JSONField(default=dict, help_text="What its own divisions.csv holds: rows, and their hash")
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    is_invented = models.BooleanField(default=False, help_text="A demonstration: its answers are made up")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="Since when the clock cannot pass over it")
    failure = models.CharField(max_length=300, blank=True)

    objects = Campaigns.as_manager()

    class Meta:
        ordering = ["-created_at", "slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def default_language(self) -> str:
        return str(self.languages[0])

    @property
    def name(self) -> str:
        """The title in the campaign's first language."""
        return in_language(self.title, self.default_language)

    def asking(self) -> Asking:
        """What people are asked and told where they sign."""
        return asking_of(self.consent)

    def ladder(self) -> Ladder:
        return Ladder(tuple(step.rung() for step in self.steps.all()))

    def rules(self) -> Rules:
        """This campaign as its clock sees it; before publication, as planned."""
        return Rules(
            ladder=self.ladder(),
            zone=self.zone,
            published_at=self.published_at or self.publish_at,
            clock=Clock(self.clock),
            fairness=self._fairness(),
            sending=sending_of(self.sending),
        )

    def is_satisfied_by(self, closed: Iterable[str], demands: Iterable[str]) -> bool:
        """Whether an appeal counts as acted when the demands `closed` are closed."""
        closed, demands = set(closed), set(demands)
        return bool(closed) if self.satisfied == Satisfied.ANY else closed >= demands

    def try_lock(self) -> bool:
        """One pass of the clock at a time for a campaign, until the transaction ends. False: somebody else has it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"clock {self.pk}"])
            return bool(cursor.fetchone()[0])

    def note_failure(self, problem: BaseException, now: datetime) -> None:
        """The clock cannot pass over this campaign; said until it can."""
        said = f"{type(problem).__name__}: {problem}"[:300]
        standing = Campaign.objects.filter(pk=self.pk)
        standing.update(failure=said, failed_at=Coalesce("failed_at", Value(now)))

    def note_recovery(self) -> None:
        if self.failed_at is not None:
            Campaign.objects.filter(pk=self.pk).update(failure="", failed_at=None)

    def close_if_done(self, now: datetime) -> bool:
        """Close when no appeal is planned or waiting any more."""
        if self.appeals.filter(status__in=["planned", "waiting"]).exists():
            return False
        running = Campaign.objects.running().filter(pk=self.pk)
        return running.update(status=self.Status.CLOSED, closed_at=now) == 1

    def open_again(self) -> None:
        """A correction left something to be done: a campaign that had closed runs on."""
        closed = Campaign.objects.filter(pk=self.pk, status=self.Status.CLOSED)
        closed.update(status=self.Status.RUNNING, closed_at=None)

    def _fairness(self) -> Fairness:
        default = Fairness()
        return Fairness(
            minimum_gap=seconds(self.fairness.get("minimum_gap"), default.minimum_gap),
            respects_weekends=self.fairness.get("weekends") == "wait",
            respects_holidays=self.fairness.get("holidays") == "wait",
            proof_after=seconds(self.fairness.get("proof_after"), default.proof_after),
        )
