"""The clock: compares what is due with what is recorded. A missed, late, doubled or concurrent pass changes nothing."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import structlog
from django.db import OperationalError, transaction

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import Hold, standstill
from campaigns.moves import Wait
from outreach.again import fall_back
from outreach.one_pass import Pass
from outreach.pauses import Pauses
from outreach.stride import Stride
from outreach.wake import wake
from outreach.waves import Waves

log = structlog.get_logger(__name__)
BATCH = 1000
"""Appeals that are looked at together."""


def tick_all(now: datetime) -> dict[str, Pass]:
    """One pass over every running campaign, by slug; over none while everything is on hold.

    Each campaign is a transaction of its own.
    """
    Hold.objects.end_what_is_over(now)
    if standstill(now):
        return {}
    running = Campaign.objects.running().order_by("slug")
    return {campaign.slug: done for campaign in running if (done := _tick_alone(campaign, now))}


def _tick_alone(campaign: Campaign, now: datetime) -> Pass | None:
    """None for a campaign that fails: it keeps its own clock from going, and no other's. The board says so."""
    try:
        done = tick(campaign, now)
    except OperationalError:
        raise
    except Exception as problem:
        log.exception("the pass over a campaign failed", campaign=campaign.slug)
        campaign.note_failure(problem, now)
        return None
    campaign.note_recovery()
    return done


@transaction.atomic
def tick(campaign: Campaign, now: datetime) -> Pass:
    """Do what is due for one campaign at `now` (UTC). Nothing, if another pass is at it or it is not running."""
    if not campaign.try_lock() or not Campaign.objects.running().filter(pk=campaign.pk).exists():
        return Pass()
    fall_back(campaign, now)
    wake(campaign, now)
    waves, pauses, done = Waves(campaign, now), Pauses(campaign, now), Pass()
    for appeals in _to_look_at(campaign, now):
        stride = Stride(campaign, appeals, now)
        pauses.note(appeals, [move for move in stride.moves if isinstance(move, Wait)])
        done += stride.go(waves)
    waves.finish()
    pauses.end_others()
    campaign.close_if_done(now)
    return done


def _to_look_at(campaign: Campaign, now: datetime) -> Iterator[dict[uuid.UUID, Appeal]]:
    """Some at a time, so that a pass over many needs no more memory than one over few.

    Locked, so that an outcome or an answer recorded at this moment is either seen or comes after.
    """
    due = campaign.appeals.to_look_at(now).select_related("addressee").select_for_update(of=("self",))
    rows = due.order_by("addressee__name", "pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        steps = {step.pk: step for step in campaign.steps.all()}
        for appeal in batch:
            appeal.campaign = campaign
            appeal.step = steps[appeal.step_id] if appeal.step_id else None
        yield {appeal.pk: appeal for appeal in batch}
