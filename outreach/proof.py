"""Whether the newest message to an addressee reached it, over whichever channel came closest."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.ladder import ADDRESSEES
from campaigns.position import LastMessage
from channels.channel import CHANNELS
from outreach.again import DIRECT, FAILED, unreachable
from outreach.delivery import Delivery

State = Delivery.State
TROUBLE = {
    State.BOUNCED: "came back",
    State.REFUSED: "was refused",
    State.HANDED: "waits for a person to carry it",
    State.UNKNOWN: "has an unknown outcome; a person must say whether it arrived",
    State.SUPPRESSED: "could not be sent: the address must not be used",
    State.EXPIRED: "could not be sent in time",
    State.CANCELLED: "was not sent",
}
OUT_OF_REACH = "they cannot be reached"
NEVER_SENT = (State.EXPIRED, State.CANCELLED, State.SUPPRESSED)
Row = tuple[uuid.UUID, uuid.UUID, datetime, str, datetime | None, datetime | None, str, datetime]
UNDER_WAY = (State.DUE, State.CLAIMED, State.SENDING, State.DELAYED, State.HANDED)
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
GONE = (State.SENT, State.DELIVERED)


def last_messages(appeals: Iterable[Appeal]) -> dict[uuid.UUID, LastMessage]:
    """For each appeal with a message to its addressee, the newest one. Notices in public do not count."""
    newest: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in _rows(appeals):
        appeal, wave = row[0], row[1]
        if newest[appeal] and newest[appeal][0][1] != wave:
            newest[appeal].clear()
        newest[appeal].append(row)
    found = {appeal: _message(rows) for appeal, rows in newest.items()}
    for appeal in _out_of_reach({appeal for appeal, rows in newest.items() if {row[3] for row in rows} <= set(FAILED)}):
        trouble = f"{found[appeal].trouble}; {OUT_OF_REACH}"
        found[appeal] = replace(found[appeal], trouble=trouble, out_of_reach=True)
    for appeal, what in _tried({appeal for appeal, last in found.items() if last.proven_at is None}):
        found[appeal] = replace(found[appeal], trying=what)
    return found


def _tried(unproven: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, str]]:
    """For each of these appeals for which a letter is written again just now: where it goes this time."""
    if not unproven:
        return
    again = Delivery.objects.filter(appeal__in=unproven, instead_of__isnull=False, state__in=UNDER_WAY)
    rows = again.order_by("created_at").values_list(
        "appeal", "channel", "instead_of__channel", "contact_point__position"
    )
    for appeal, channel, before, position in rows:
        if channel != before:
            yield appeal, f"it by {CHANNELS[channel].title.lower()}"
        else:
            yield appeal, f"the {ORDINALS.get(position or 1, 'next')} address"


def _out_of_reach(failed: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these appeals whose addressee has no address left at which to write again."""
    if not failed:
        return set()
    rows = Delivery.objects.filter(appeal__in=failed, audience=ADDRESSEES, state__in=FAILED, again=None)
    newest_first = rows.select_related("campaign").order_by("campaign_id", "appeal_id", "-created_at")
    last = newest_first.distinct("campaign_id", "appeal_id")
    return {
        each.appeal_id
        for campaign, together in groupby(last, key=lambda each: each.campaign)
        for each in _unreachable(campaign, list(together))
        if each.appeal_id is not None
    }


def _unreachable(campaign: Campaign, failed: list[Delivery]) -> list[Delivery]:
    lost = unreachable(campaign, failed)
    return [each for each in failed if each.pk in lost]


def _rows(appeals: Iterable[Appeal]) -> Iterable[Row]:
    """Letters and reminders, oldest wave first; a reminder that was never sent is as if it had never been due."""
    return (
        Delivery.objects.filter(appeal__in=list(appeals), audience=ADDRESSEES, channel__in=DIRECT)
        .exclude(state__in=NEVER_SENT, wave__reminder__gt=0)
        .order_by("wave__at", "wave_id")
        .values_list("appeal", "wave", "wave__at", "state", "sent_at", "delivered_at", "channel", "due_at")
    )


def _message(rows: list[Row]) -> LastMessage:
    states = {row[3] for row in rows}
    return LastMessage(
        at=max([rows[0][2], *(row[7] for row in rows if row[3] in GONE)]),
        proven_at=min((row[5] for row in rows if row[5] and row[3] == State.DELIVERED), default=None),
        accepted_at=min((row[4] + _way(row[6]) for row in rows if row[4] and row[3] == State.SENT), default=None),
        trouble="" if states - TROUBLE.keys() else "; ".join(TROUBLE[State(state)] for state in sorted(states)),
    )


def _way(channel: str) -> timedelta:
    """How long a message may be under way before its silence says anything; only what goes by hand is that slow."""
    deed = CHANNELS[channel].deed
    return deed.travels if deed else timedelta()
