import uuid

from django.db import models
from django.db.models import Q

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.mailing import Mailing
from campaigns.step import Step


class Wave(models.Model):
    """What goes out together: the appeals whose same step, or same reminder of it (`reminder` > 0), began at the same
    moment; or a mailing to supporters, which is about no appeal's turn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="waves")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="waves")
    mailing = models.OneToOneField(Mailing, models.PROTECT, null=True, related_name="wave")
    reminder = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=False, mailing=None) | Q(step=None, mailing__isnull=False),
                name="a_wave_is_of_a_step_or_of_a_mailing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id or self.mailing_id} ({self.reminder}) at {self.at}"

    @property
    def of_step(self) -> Step:
        """The step that began. Only for a wave of one."""
        if self.step is None:
            raise ValueError("This is the wave of a mailing, which belongs to no step")
        return self.step

    @property
    def name(self) -> str:
        """What began, as it is known here and in a rehearsal alike."""
        return self.step.key if self.step else f"mailing {self.mailing.key if self.mailing else ''}"


class Turn(models.Model):
    """The record that a step, or a reminder, began for an appeal. It happens once.

    A turn is an *opening* (the first step), a *follow-up* (a reminder), an *escalation* (a deadline passed without
    action and the next step began; `missed_at` is that deadline) or a step taken *at once*, as an answer to a refusal.
    """

    class Kind(models.TextChoices):
        OPENING = "opening"
        FOLLOW_UP = "follow-up"
        ESCALATION = "escalation"
        AT_ONCE = "at once"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="turns")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="turns")
    step = models.ForeignKey(Step, models.PROTECT, related_name="turns")
    reminder = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="The deadline that began to run with it")
    missed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "reminder"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "step", "reminder"], name="a_step_begins_once_per_appeal")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.appeal_id} at {self.at}"


class Skip(models.Model):
    """A step that was left out for an appeal because its condition did not hold. Shown, and kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="skips")
    step = models.ForeignKey(Step, models.PROTECT, related_name="skips")
    sentence = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "step__number"]
        constraints = [models.UniqueConstraint(fields=["appeal", "step"], name="a_step_is_left_out_once")]

    def __str__(self) -> str:
        return f"left out: {self.sentence}"


class Pause(models.Model):
    """Why something that was due did not happen: a reason to wait, from when to when. Shown, and kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="pauses")
    step = models.ForeignKey(Step, models.CASCADE, null=True, help_text="The step that would have begun")
    code = models.CharField(max_length=16)
    sentence = models.TextField()
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "code"], condition=models.Q(ended_at=None), name="one_running_pause_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"waiting: {self.sentence}"
