"""Supporters who are written to about their own representatives only, as long as one of those has not acted."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from campaigns.campaign import Campaign
from campaigns.representation import is_represented
from campaigns.step import Step
from campaigns.wave import Turn
from outreach.delivery import Delivery


def is_for_the_silent(step: Step, wording: str, channel: str) -> bool:
    """Whether this message of the step goes only to supporters of the silent."""
    rung = step.rung()
    sent = (*rung.dispatches, *(reminder.dispatch for reminder in rung.reminders))
    return any(each.of_the_silent and each.wording == wording and channel in each.channels for each in sent)


def silent_divisions(waves: Iterable[uuid.UUID], no_longer_asked: Iterable[str]) -> dict[uuid.UUID, set[str]]:
    """For each wave, the divisions of those it is about who are still asked."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    turns = Turn.objects.filter(wave__in=list(waves)).exclude(appeal__status__in=list(no_longer_asked)).order_by()
    for wave, division in turns.values_list("wave", "appeal__addressee__division").distinct():
        found[wave].add(division)
    return found


def constituencies(campaign: Campaign, divisions: Collection[str]) -> set[str]:
    """Where supporters live who are represented in one of these divisions."""
    return {each for each in campaign.supporters.by_division() if is_represented(each, divisions)}


def without_cause(found: Iterable[Delivery], no_longer_asked: Iterable[str]) -> set[uuid.UUID]:
    """Deliveries to supporters whose own representatives have all acted since they were composed."""
    theirs = [d for d in found if d.supporter and is_for_the_silent(d.step, d.wording_name, d.channel)]
    silent = silent_divisions({d.wave_id for d in theirs}, no_longer_asked) if theirs else {}
    return {d.pk for d in theirs if d.supporter and not is_represented(d.supporter.division, silent.get(d.wave_id, ()))}
