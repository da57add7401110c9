"""Where appeals stand, read from the rows: what is intended and what has happened, put together for the plan."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import stops
from campaigns.outcome import standings
from campaigns.position import Position
from campaigns.wave import Turn
from outreach.proof import last_messages
from outreach.response import unread_since


def positions(campaign: Campaign, appeals: Iterable[Appeal], now: datetime) -> list[Position]:
    """The position of each of these appeals of one campaign at `now`; a handful of queries however many they are.

    Each appeal is expected to have `step` and `addressee` loaded.
    """
    appeals = list(appeals)
    if not appeals:
        return []
    outcomes, unread, last = standings(appeals), unread_since(appeals), last_messages(appeals)
    reminded, held = _reminded(appeals), stops(campaign, now)
    return [
        Position(
            appeal=appeal.pk,
            place=appeal.addressee.place(),
            rung=appeal.step.number if appeal.step else 0,
            begun_at=appeal.begun_at,
            due_at=appeal.due_at,
            reminded=reminded[appeal.pk],
            committed_until=outcomes[appeal.pk].committed_until(campaign.zone),
            unread_since=unread.get(appeal.pk),
            last_message=last.get(appeal.pk),
            stops=(*held.get(None, ()), *held.get(appeal.addressee_id, ())),
        )
        for appeal in appeals
    ]


def _reminded(appeals: list[Appeal]) -> dict[uuid.UUID, frozenset[int]]:
    steps = {appeal.pk: appeal.step_id for appeal in appeals}
    found: dict[uuid.UUID, set[int]] = defaultdict(set)
    turns = Turn.objects.filter(appeal__in=appeals, reminder__gt=0).order_by()
    for appeal, step, reminder in turns.values_list("appeal", "step", "reminder"):
        if steps[appeal] == step:
            found[appeal].add(reminder)
    return {pk: frozenset(found[pk]) for pk in steps}
