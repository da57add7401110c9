"""Supporters who are written to about their own representatives only, as long as one of those gives cause for it."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.posture import divisions_where
from campaigns.representation import is_represented
from campaigns.step import Step
from campaigns.wave import Turn, Wave
from outreach.delivery import Delivery

NO_LONGER_ASKED = (Appeal.Status.ACTED, Appeal.Status.WITHDRAWN)
HAVE_ACTED = "Their own representatives have acted"
STAND_OTHERWISE = "Their own representatives stand otherwise by now"


def is_about_their_own(wave: Wave, wording: str, channel: str) -> bool:
    """Whether this message of the wave goes only to supporters whose own representatives it is about."""
    if wave.mailing is not None:
        return bool(wave.mailing.for_whom.representatives)
    return is_for_the_silent(wave.of_step, wording, channel)


def is_for_the_silent(step: Step, wording: str, channel: str) -> bool:
    """Whether this message of the step goes only to supporters of the silent."""
    rung = step.rung()
    sent = (*rung.dispatches, *(reminder.dispatch for reminder in rung.reminders))
    return any(each.of_the_silent and each.wording == wording and channel in each.channels for each in sent)


def divisions_of(waves: Iterable[Wave], now: datetime) -> dict[uuid.UUID, set[str]]:
    """For each wave, the divisions of those it is about who still give cause for it."""
    waves = list(waves)
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    found |= {
        wave.pk: divisions_where(wave.campaign, wave.mailing.for_whom.representatives, now)
        for wave in waves
        if wave.mailing is not None
    }
    turns = Turn.objects.filter(wave__in=waves).exclude(appeal__status__in=NO_LONGER_ASKED).order_by()
    for wave, division in turns.values_list("wave", "appeal__addressee__division").distinct():
        found[wave].add(division)
    return found


def constituencies(campaign: Campaign, divisions: Collection[str]) -> set[str]:
    """Where supporters live who are represented in one of these divisions."""
    return {each for each in campaign.supporters.by_division() if is_represented(each, divisions)}


def without_cause(found: Iterable[Delivery], now: datetime) -> dict[uuid.UUID, str]:
    """Deliveries to supporters whose own representatives give no cause any more, and why not."""
    theirs = [d for d in found if d.supporter and is_about_their_own(d.wave, d.wording_name, d.channel)]
    waves = {d.wave_id: d.wave for d in theirs}
    about = divisions_of(waves.values(), now) if waves else {}
    return {
        d.pk: why_not(d.wave)
        for d in theirs
        if d.supporter and not is_represented(d.supporter.division, about.get(d.wave_id, ()))
    }


def why_not(wave: Wave) -> str:
    """What is so of supporters whose own representatives give no cause any more."""
    return STAND_OTHERWISE if wave.mailing_id else HAVE_ACTED
