"""What waits for each inbox, in piles: what `pacing` decides on, read from the database."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from outreach.cap import wait_of_digest
from outreach.letters.hindrances import is_held, points_of, standing_holds, timing_of, withdrawn
from outreach.letters.lately import Lately, lately
from outreach.letters.letter import Letter
from outreach.letters.pacing import Gone, Pace, Pile, is_digest_due, last_moment, next_moment


class Waits(NamedTuple):
    """The letters of one campaign that wait for one addressee."""

    campaign: uuid.UUID
    addressee: uuid.UUID
    number: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """One address of one office or several. The keys of its piles are the ids of their campaigns.

    `points`: for each addressee that something waits for, the contact point at this address.
    """

    address: str
    piles: tuple[Pile, ...]
    gone: Gone
    points: Mapping[uuid.UUID, ContactPoint]


def pace() -> Pace:
    """As this installation has it."""
    return Pace(settings.LETTERS_AN_HOUR, settings.LETTERS_A_DAY, settings.LETTERS_IN_A_DIGEST)


def inboxes(now: datetime, addressees: Collection[uuid.UUID] | None = None) -> list[Inbox]:
    """Those for which something waits that may leave; for some addressees, or all."""
    rows = list(waiting(addressees))
    points, holds = points_of({row.addressee for row in rows}), standing_holds(now)
    not_asked = withdrawn({row.campaign for row in rows})
    at: dict[str, list[Waits]] = defaultdict(list)
    for row in rows:
        point = points.get(row.addressee)
        if point is None or (row.campaign, row.addressee) in not_asked:
            continue
        if not is_held(row.campaign, row.addressee, point.address, holds):
            at[point.address.lower()].append(row)
    campaigns = Campaign.objects.in_bulk({row.campaign for row in rows})
    history = lately({address: [row.addressee for row in rows] for address, rows in at.items()}, now)
    return [_inbox(address, rows, points, campaigns, history[address], now) for address, rows in at.items()]


def waiting(addressees: Collection[uuid.UUID] | None = None) -> Iterable[Waits]:
    """Letters that wait, counted."""
    letters = Letter.objects.waiting().order_by()
    if addressees is not None:
        letters = letters.filter(addressee__in=addressees)
    counted = letters.values("campaign", "addressee").annotate(number=Count("pk"), oldest_at=Min("confirmed_at"))
    return (Waits(**row) for row in counted)


def _inbox(
    address: str,
    rows: Sequence[Waits],
    points: Mapping[uuid.UUID, ContactPoint],
    campaigns: Mapping[uuid.UUID, Campaign],
    went: Lately,
    now: datetime,
) -> Inbox:
    of_campaign: dict[uuid.UUID, list[Waits]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.oldest_at, row.addressee)):
        of_campaign[row.campaign].append(row)
    piles = tuple(
        _pile(campaigns[campaign], those, [points[row.addressee] for row in those], went.digests.get(campaign), now)
        for campaign, those in of_campaign.items()
    )
    return Inbox(address, piles, went.gone, {row.addressee: points[row.addressee] for row in rows})


def _pile(
    campaign: Campaign, rows: Sequence[Waits], points: Sequence[ContactPoint], last: datetime | None, now: datetime
) -> Pile:
    first, number = points[0], sum(row.number for row in rows)
    shut = timing_of(campaign, first, is_digest=False).closed(now)
    digests_only = any(point.digests_only for point in points)
    pile = Pile(
        key=campaign.pk,
        waiting=number,
        oldest_at=rows[0].oldest_at,
        opens_at=shut.until if shut else now,
        digest_at=next_moment(settings.LETTERS_DIGEST_AT, first.addressee.zone, now),
        digests_only=digests_only,
    )
    moment = last_moment(settings.LETTERS_DIGEST_AT, first.addressee.zone, now)
    if not is_digest_due(last, moment, now) or (number < settings.LETTERS_IN_A_DIGEST and not digests_only):
        return pile
    ready = Letter.objects.waiting().filter(
        campaign=campaign, addressee__in=[row.addressee for row in rows], confirmed_at__lte=moment
    )
    return _when_there_is_room(replace(pile, ready=ready.count()), campaign, first, now)


def _when_there_is_room(pile: Pile, campaign: Campaign, point: ContactPoint, now: datetime) -> Pile:
    """The same, or with none of it ready while digests must wait."""
    if not pile.ready:
        return pile
    if shut := timing_of(campaign, point, is_digest=True).closed(now):
        return replace(pile, ready=0, digest_at=shut.until)
    if wait := wait_of_digest(point.address, point.addressee_id, now):
        return replace(pile, ready=0, digest_at=wait.until)
    return pile
