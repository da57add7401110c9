"""What has been composed and has not had its turn yet, as a forecast sees it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min
from django.db.models.functions import Greatest, TruncDate

from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from campaigns.messages import Message
from campaigns.messages import Wave as PlannedWave
from campaigns.wave import Turn, Wave
from outreach.delivery import Deliveries, Delivery
from outreach.rehearsal.post import Posted


class Group(NamedTuple):
    """Messages to supporters that leave on one day."""

    wave: uuid.UUID
    channel: str
    wording: str
    expires_at: datetime | None
    first: datetime
    last: datetime
    number: int
    reason: str


class Concerned(NamedTuple):
    """An appeal a wave is about, its addressee's key, and the deadline that ran."""

    appeal: uuid.UUID
    key: str
    due_at: datetime | None


def under_way(campaign: Campaign, now: datetime) -> Iterator[Posted]:
    """Messages of steps that are due after `now`; those to supporters counted by the day on which they leave."""
    waiting = campaign.deliveries.filter(state__in=Delivery.CLAIMABLE, step__isnull=False)
    letters = waiting.exclude(audience=SUPPORTERS).filter(due_at__gt=now).select_related("addressee")
    rows, groups = list(letters), list(_by_day(waiting.filter(audience=SUPPORTERS), campaign, now))
    about = {row.wave_id for row in rows} | {group.wave for group in groups}
    waves = Wave.objects.select_related("step").in_bulk(about)
    turns = _turns(about)
    for row in rows:
        concerned = [each for each in turns[row.wave_id] if row.appeal_id in (None, each.appeal)]
        recipient = row.addressee.key if row.addressee else None
        message = Message(row.audience, row.channel, row.wording_name, recipient, _keys(concerned))
        reason, ends = row.reason, row.expires_at
        yield Posted(
            message, _planned(waves[row.wave_id]), row.due_at, row.due_at, 1, reason, ends, _earliest(concerned)
        )
    for group in groups:
        concerned = turns[group.wave]
        message = Message(SUPPORTERS, group.channel, group.wording, None, _keys(concerned))
        times, ends = (group.first, group.last, group.number), group.expires_at
        yield Posted(message, _planned(waves[group.wave]), *times, group.reason, ends, _earliest(concerned))


def _by_day(waiting: Deliveries, campaign: Campaign, now: datetime) -> Iterator[Group]:
    """What is in a chunk leaves with it."""
    leaving = waiting.annotate(leaves_at=Greatest("due_at", "chunk__due_at")).filter(leaves_at__gt=now).order_by()
    dated = leaving.annotate(day=TruncDate("leaves_at", tzinfo=campaign.zone))
    days = dated.values("wave", "channel", "wording_name", "expires_at", "day")
    told = days.annotate(first=Min("leaves_at"), last=Max("leaves_at"), number=Count("id"), why=Max("reason"))
    names = ("wave", "channel", "wording_name", "expires_at", "first", "last", "number", "why")
    return (Group(*row) for row in told.values_list(*names))


def _turns(waves: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Concerned]]:
    found: dict[uuid.UUID, list[Concerned]] = defaultdict(list)
    turns = Turn.objects.filter(wave__in=list(waves)).order_by("appeal__addressee__name")
    for wave, appeal, key, due_at in turns.values_list("wave", "appeal", "appeal__addressee__key", "due_at"):
        found[wave].append(Concerned(appeal, key, due_at))
    return found


def _keys(concerned: Iterable[Concerned]) -> tuple[str, ...]:
    return tuple(each.key for each in concerned)


def _earliest(concerned: Iterable[Concerned]) -> datetime | None:
    return min((each.due_at for each in concerned if each.due_at), default=None)


def _planned(wave: Wave) -> PlannedWave:
    return PlannedWave(wave.of_step.number, wave.reminder, ())
