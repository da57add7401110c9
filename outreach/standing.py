"""Where appeals stand, read from the rows: what is intended and what has happened, put together for the plan."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.approval import approvals_of
from campaigns.campaign import Campaign
from campaigns.hold import stops
from campaigns.outcome import standings
from campaigns.position import Position
from campaigns.tally import count_for
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
    turns, held = _turns(appeals), stops(campaign, now)
    signatures, approved = count_for(campaign.ladder(), campaign.pk), approvals_of(campaign, appeals)
    return [
        Position(
            appeal=appeal.pk,
            place=appeal.addressee.place(),
            rung=appeal.step.number if appeal.step else 0,
            begun_at=appeal.begun_at,
            due_at=appeal.due_at,
            reminded=frozenset(turns[appeal.pk].reminded),
            committed_until=outcomes[appeal.pk].committed_until(campaign.zone),
            refused=outcomes[appeal.pk].is_refused,
            unread_since=unread.get(appeal.pk),
            last_message=last.get(appeal.pk),
            stops=(*held.get(None, ()), *held.get(appeal.addressee_id, ())),
            taken=frozenset(turns[appeal.pk].taken),
            approvals=approved.get(appeal.pk, {}),
            signatures=signatures,
        )
        for appeal in appeals
    ]


@dataclass(slots=True)
class Turns:
    """The numbers of the steps that have begun for an appeal, and of the reminders of the one it stands at."""

    taken: set[int] = field(default_factory=set)
    reminded: set[int] = field(default_factory=set)


def _turns(appeals: list[Appeal]) -> dict[uuid.UUID, Turns]:
    steps = {appeal.pk: appeal.step_id for appeal in appeals}
    found: dict[uuid.UUID, Turns] = defaultdict(Turns)
    turns = Turn.objects.filter(appeal__in=appeals).order_by()
    for appeal, step, number, reminder in turns.values_list("appeal", "step", "step__number", "reminder"):
        found[appeal].taken.add(number)
        if reminder and steps[appeal] == step:
            found[appeal].reminded.add(reminder)
    return found
