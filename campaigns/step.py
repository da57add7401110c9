import uuid
from typing import Any

from django.db import models

from campaigns.campaign import Campaign
from campaigns.condition import Condition, Stance
from campaigns.deadline import Days, Ends, Patience
from campaigns.durations import seconds
from campaigns.ladder import Dispatch, Reminder, Rung, branches_of


class Step(models.Model):
    """What happens at one level of the ladder.

    `dispatches`: a list of {audience, channels, wording, expires_after}. `reminders`: the same, with `before` or
    `after`. Spans are seconds. `only_if`: stances, of which one must be so. `next`: pairs of a stance, or `otherwise`,
    and the key of the step where the ladder goes on, or `end`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()
    patience = models.DurationField()
    ends = models.CharField(max_length=12, choices=[(e.value, e.value) for e in Ends], default=Ends.EXACT)
    days = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Days], default=Days.CALENDAR)
    only_if = models.JSONField(default=list)
    signatures = models.PositiveIntegerField(default=0, help_text="How many there must be")
    at_once = models.BooleanField(default=False, help_text="It does not wait for the deadline before it")
    next = models.JSONField(default=list)
    approvers = models.PositiveSmallIntegerField(default=0, help_text="How many people must approve it")
    minimum_gap = models.DurationField(null=True, help_text="In place of the campaign's")
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
            patience=Patience(self.patience, Ends(self.ends), Days(self.days)),
            dispatches=tuple(_dispatch(each) for each in self.dispatches),
            reminders=tuple(_reminder(number, each) for number, each in enumerate(self.reminders, 1)),
            condition=Condition(frozenset(map(Stance, self.only_if)), self.signatures),
            at_once=self.at_once,
            branches=branches_of(self.next),
            approvers=self.approvers,
            minimum_gap=self.minimum_gap,
        )


def _dispatch(kept: dict[str, Any]) -> Dispatch:
    expires_after = seconds(kept["expires_after"]) if kept.get("expires_after") else None
    return Dispatch.named(kept["audience"], tuple(kept["channels"]), kept["wording"], expires_after)


def _reminder(number: int, kept: dict[str, Any]) -> Reminder:
    before, after = (seconds(kept[side]) if kept.get(side) is not None else None for side in ("before", "after"))
    return Reminder(number, _dispatch(kept), before, after)
