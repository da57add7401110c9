"""A book from the rows of a real campaign: a handful of queries, however many addressees."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Count

from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from campaigns.outcome import Outcome
from campaigns.wave import Turn
from channels.channel import CHANNELS
from outreach.closing.account import Account, Begun, Book, Deed, Elsewhere, Heard, Reach, Recorded, Sent, Word
from outreach.closing.edited import book_of, name_in_every_language
from outreach.delivery import Delivery
from outreach.response import Response

State = Delivery.State
REACHED = {
    State.DELIVERED: Reach.PROVEN,
    State.SENT: Reach.TAKEN,
    State.UNKNOWN: Reach.UNKNOWN,
    State.BOUNCED: Reach.FAILED,
    State.REFUSED: Reach.FAILED,
    **dict.fromkeys(Delivery.NEVER_ON_THE_WIRE, Reach.NOT_SENT),
    **dict.fromkeys(Delivery.UNSETTLED, Reach.UNDER_WAY),
}
DEEDS = {
    Outcome.Kind.DONE: Deed.DONE,
    Outcome.Kind.PARTLY: Deed.PARTLY,
    Outcome.Kind.COMMITTED: Deed.COMMITTED,
    Outcome.Kind.REFUSED: Deed.REFUSED,
    Outcome.Kind.DEFLECTED: Deed.DEFLECTED,
    Outcome.Kind.NONE: Deed.OPEN,
}


def book(campaign: Campaign, now: datetime) -> Book:
    """How the campaign stands at `now`; final once it has closed."""
    edition = edition_of(campaign)
    appeals = list(campaign.appeals.select_related("addressee").order_by("addressee__name"))
    order = {key: number for number, key in enumerate(edition.asked)}
    appeals.sort(key=lambda appeal: order.get(appeal.addressee.key, len(order)))
    sent, heard, recorded, begun = _sent(campaign), _heard(campaign), _recorded(campaign), _begun(campaign)
    accounts = [
        Account(
            key=appeal.addressee.key,
            name=name_in_every_language(edition, appeal.addressee.name),
            status=appeal.status,
            sent=tuple(sent[appeal.pk]),
            heard=tuple(heard[appeal.pk]),
            recorded=tuple(recorded[appeal.pk]),
            begun=tuple(begun[appeal.pk]),
            acted_at=appeal.ended_at if appeal.status == "acted" else None,
        )
        for appeal in appeals
    ]
    closed_at = campaign.closed_at if campaign.status == Campaign.Status.CLOSED else None
    supporters = campaign.supporters.reachable().count()
    return book_of(
        edition,
        accounts,
        now,
        closed_at,
        elsewhere=_elsewhere(campaign),
        supporters=supporters,
        is_invented=campaign.is_invented,
    )


def _sent(campaign: Campaign) -> dict[uuid.UUID, list[Sent]]:
    rows = campaign.deliveries.filter(audience=ADDRESSEES, appeal__isnull=False).order_by("created_at", "id")
    names = ("appeal", "step__key", "wave__reminder", "channel", "state", "created_at", "sent_at", "delivered_at")
    found: dict[uuid.UUID, list[Sent]] = defaultdict(list)
    for appeal, step, reminder, channel, state, created_at, sent_at, delivered_at in rows.values_list(*names):
        reach = REACHED[State(state)]
        proven_at = (delivered_at or sent_at) if reach is Reach.PROVEN else None
        is_public = channel in CHANNELS and CHANNELS[channel].is_public
        at = delivered_at or sent_at or created_at
        found[appeal].append(Sent(step, reminder, channel, is_public, reach, at, proven_at))
    return found


def _elsewhere(campaign: Campaign) -> Iterator[Elsewhere]:
    """What went to groups and out as our own posts; letters to supporters are theirs, and not counted here."""
    rows = campaign.deliveries.exclude(audience__in=[ADDRESSEES, SUPPORTERS]).order_by("step__number", "audience")
    told = rows.values_list("step__key", "wave__reminder", "channel", "audience", "state").annotate(number=Count("id"))
    for step, reminder, channel, audience, state, number in told:
        yield Elsewhere(step, reminder, channel, "" if audience == PUBLIC else audience, REACHED[State(state)], number)


def _heard(campaign: Campaign) -> dict[uuid.UUID, list[Heard]]:
    rows = Response.objects.filter(appeal__campaign=campaign).order_by("received_at")
    found: dict[uuid.UUID, list[Heard]] = defaultdict(list)
    for appeal, at, kind, read_at in rows.values_list("appeal", "received_at", "kind", "read_at"):
        found[appeal].append(Heard(at, Word(kind) if kind and read_at else Word.UNREAD))
    return found


def _recorded(campaign: Campaign) -> dict[uuid.UUID, list[Recorded]]:
    rows = Outcome.objects.filter(appeal__campaign=campaign).order_by("id")
    found: dict[uuid.UUID, list[Recorded]] = defaultdict(list)
    for appeal, demand, kind, at, until in rows.values_list("appeal", "demand__key", "kind", "at", "until"):
        found[appeal].append(Recorded(demand, DEEDS[Outcome.Kind(kind)], at, until))
    return found


def _begun(campaign: Campaign) -> dict[uuid.UUID, list[Begun]]:
    rows: Iterable[tuple[uuid.UUID, str, datetime, datetime | None]] = (
        Turn.objects.filter(appeal__campaign=campaign, reminder=0)
        .order_by("at")
        .values_list("appeal", "step__key", "at", "missed_at")
    )
    found: dict[uuid.UUID, list[Begun]] = defaultdict(list)
    for appeal, step, at, missed_at in rows:
        found[appeal].append(Begun(step, at, missed_at))
    return found
