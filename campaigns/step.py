import uuid
from typing import Any

from django.db import models

from campaigns.campaign import Campaign
from campaigns.deadline import Ends, Patience
from campaigns.durations import seconds
from campaigns.ladder import Dispatch, Reminder, Rung


class Step(models.Model):
    """What happens at one level of the ladder.

    `dispatches`: a list of {audience, channels, wording, expires_after}. `reminders`: the same, with `before` or
    `after`. Spans are seconds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()
    patience = models.DurationField()
    ends = models.CharField(max_length=12, choices=[(e.value, e.value) for e in Ends], default=Ends.EXACT)
    dispatches = models.JSONField(default=list)
    reminders = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="one_step_per_key"),
            models.UniqueConstraint(
                fields=["campaign", "number"], name="one_step_per_number", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"

    def rung(self) -> Rung:
        """This step as the plan sees it."""
        return Rung(
            number=self.number,
            key=self.key,
            patience=Patience(self.patience, Ends(self.ends)),
            dispatches=tuple(_dispatch(each) for each in self.dispatches),
            reminders=tuple(_reminder(number, each) for number, each in enumerate(self.reminders, 1)),
        )


def _dispatch(kept: dict[str, Any]) -> Dispatch:
    expires_after = seconds(kept["expires_after"]) if kept.get("expires_after") else None
    return Dispatch(kept["audience"], tuple(kept["channels"]), kept["wording"], expires_after)


def _reminder(number: int, kept: dict[str, Any]) -> Reminder:
    before, after = (seconds(kept[side]) if kept.get(side) is not None else None for side in ("before", "after"))
    return Reminder(number, _dispatch(kept), before, after)
