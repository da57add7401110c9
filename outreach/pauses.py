"""The record of why something that was due did not happen: promise 5 asks that it be kept and shown."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from typing import cast

from campaigns.campaign import Campaign
from campaigns.guards import Reason
from campaigns.moves import Begin, Remind, Wait
from campaigns.step import Step
from campaigns.wave import Pause


class Pauses:
    """What one pass over a campaign at `now` finds to wait for."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self._campaign, self._now = campaign, now
        self._seen: set[uuid.UUID] = set()

    def note(self, seen: Collection[uuid.UUID], waits: Iterable[Wait]) -> None:
        """Of the appeals `seen`, begin what is new, end what is over, leave the rest as it stands."""
        self._seen.update(seen)
        running = {(p.appeal_id, p.code): p for p in Pause.objects.filter(appeal__in=list(seen), ended_at=None)}
        reasons = {(wait.appeal, reason.code): (wait, reason) for wait in waits for reason in wait.reasons}
        new = [self._pause(wait, reason) for key, (wait, reason) in reasons.items() if key not in running]
        Pause.objects.bulk_create(new, ignore_conflicts=True)
        self._end(pause.pk for key, pause in running.items() if key not in reasons)
        for key, (_, reason) in reasons.items():
            if key in running and running[key].sentence != reason.sentence:
                Pause.objects.filter(pk=running[key].pk).update(sentence=reason.sentence, until=reason.until)

    def end_others(self) -> None:
        """End those of appeals that this pass had no need to look at: nothing of them is due any more."""
        running = Pause.objects.filter(appeal__campaign=self._campaign, ended_at=None).order_by()
        self._end(pk for pk, appeal in running.values_list("pk", "appeal") if appeal not in self._seen)

    def _end(self, over: Iterable[uuid.UUID]) -> None:
        if pks := list(over):
            Pause.objects.filter(pk__in=pks).update(ended_at=self._now)

    @cached_property
    def _steps(self) -> dict[int, Step]:
        return {step.number: step for step in self._campaign.steps.all()}

    def _pause(self, wait: Wait, reason: Reason) -> Pause:
        return Pause(
            appeal_id=cast(uuid.UUID, wait.appeal),
            step=self._steps[wait.wanted.rung] if isinstance(wait.wanted, Begin | Remind) else None,
            code=reason.code,
            sentence=reason.sentence,
            until=reason.until,
            began_at=self._now,
        )
