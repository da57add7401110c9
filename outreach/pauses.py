"""The record of why something that was due did not happen: promise 5 asks that it be kept and shown."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from campaigns.campaign import Campaign
from campaigns.guards import Reason
from campaigns.plan import Begin, Remind, Wait
from campaigns.step import Step
from campaigns.wave import Pause


def note_pauses(campaign: Campaign, waits: Iterable[Wait], now: datetime) -> None:
    """Begin what is new, end what is over, leave the rest as it stands."""
    running = {(p.appeal_id, p.code): p for p in Pause.objects.filter(appeal__campaign=campaign, ended_at=None)}
    steps = {step.number: step for step in campaign.steps.all()}
    reasons = {(wait.appeal, reason.code): (wait, reason) for wait in waits for reason in wait.reasons}
    new = [_pause(wait, reason, steps, now) for key, (wait, reason) in reasons.items() if key not in running]
    Pause.objects.bulk_create(new, ignore_conflicts=True)
    over = [pause.pk for key, pause in running.items() if key not in reasons]
    Pause.objects.filter(pk__in=over).update(ended_at=now)
    for key, (_, reason) in reasons.items():
        if key in running and running[key].sentence != reason.sentence:
            Pause.objects.filter(pk=running[key].pk).update(sentence=reason.sentence, until=reason.until)


def _pause(wait: Wait, reason: Reason, steps: dict[int, Step], now: datetime) -> Pause:
    step = steps[wait.wanted.rung] if isinstance(wait.wanted, Begin | Remind) else None
    return Pause(
        appeal_id=cast(uuid.UUID, wait.appeal),
        step=step,
        code=reason.code,
        sentence=reason.sentence,
        until=reason.until,
        began_at=now,
    )
