import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.step import Step
from campaigns.wave import Wave
from channels.channel import CHANNELS

SIZE = 1000
"""Deliveries of one chunk: enough that claiming it costs little, few enough that many workers share a wave."""


class Chunks(models.QuerySet["Chunk"]):
    def due(self, now: datetime) -> "Chunks":
        return self.filter(state=Chunk.State.DUE, due_at__lte=now)

    def next_due(self, now: datetime) -> datetime | None:
        """The first instant after `now` at which one becomes due."""
        later = self.filter(state=Chunk.State.DUE, due_at__gt=now).order_by("due_at")
        first = (later.filter(channel=channel).values_list("due_at", flat=True).first() for channel in CHANNELS)
        return min((at for at in first if at), default=None)

    def left_behind(self, real_now: datetime) -> "Chunks":
        """Claimed by a worker that has not been heard of since its lease ended."""
        return self.filter(state=Chunk.State.CLAIMED, lease_until__lt=real_now)


class Chunk(models.Model):
    """Up to a thousand deliveries of one wave to supporters, which are claimed, sent and recorded together.

    `intended` says how far the wire may have got: deliveries at a place below it may have been on the wire, those from
    it on certainly have not. It is committed before the wire is touched, a window of places at a time. What the wire
    answers is appended to the journal, and brought into the deliveries when the chunk is done (docs/decisions/0008).
    """

    class State(models.TextChoices):
        DUE = "due"
        CLAIMED = "claimed"
        DONE = "done"  # every place was tried or left the chunk; the journal has not been brought in yet
        FOLDED = "folded"

    MOVES: ClassVar[dict[str, set[State]]] = {
        State.DUE: {State.CLAIMED, State.FOLDED},
        State.CLAIMED: {State.DUE, State.DONE, State.FOLDED},
        State.DONE: {State.FOLDED},
        State.FOLDED: set(),
    }

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="chunks")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", db_index=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="chunks", db_index=False)
    channel = models.CharField(max_length=20)
    wording_name = models.CharField(max_length=60)
    number = models.PositiveIntegerField(help_text="Within its wave, channel and wording, from 0")
    size = models.PositiveSmallIntegerField(help_text="Places, from 0")
    intended = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, help_text="Fence: only the holder of the newest claim may go on")
    lease_until = models.DateTimeField(null=True, help_text="Real time, also in a demonstration")

    objects = Chunks.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "channel", "wording_name", "number"], name="one_chunk_of_a_number_per_wave"
            )
        ]
        indexes = [
            models.Index(fields=["channel", "due_at"], condition=Q(state="due"), name="claimable_chunks"),
            models.Index(fields=["state"], condition=Q(state__in=["claimed", "done"]), name="chunks_at_work"),
        ]

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.wave_id}: {self.state}, {self.intended} of {self.size}"

    @classmethod
    def sources(cls, state: str) -> list[str]:
        """The states from which `state` may be reached."""
        return [before for before, after in cls.MOVES.items() if state in after]

    def move(self, state: str, *, fence: uuid.UUID | None = None, **changes: object) -> bool:
        """Bring it to `state`; False, with nothing changed, if it may not go there, or was claimed anew (`fence`)."""
        there = Chunk.objects.filter(pk=self.pk, state__in=self.sources(state))
        if fence is not None:
            there = there.filter(token=fence)
        if not there.update(state=state, **changes):
            return False
        for name, value in {"state": state, **changes}.items():
            setattr(self, name, value)
        return True
