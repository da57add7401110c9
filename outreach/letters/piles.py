"""What waits for each inbox and what went there lately: what `pacing` decides on, read from the database.

Holds, the health of addresses, suppression and office hours are looked at here, each time anew.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce, Lower

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from campaigns.ladder import ADDRESSEES
from campaigns.sending import Timing, sending_of
from campaigns.window import Window
from channels.email import EMAIL
from outreach.cap import wait_of_digest
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.pacing import DAY, Gone, Pace, Pile, is_digest_due, last_moment, next_moment
from outreach.suppression import suppressed

OFFICE_HOURS = Window(time(9), time(17), is_for_workdays=True, skips_holidays=True)
"""For digests of campaigns that send at all hours."""
REMEMBERED = timedelta(days=8)  # since when a digest may have gone that the next one has to keep its distance from


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
    history = _history(at, now)
    return [_inbox(address, rows, points, campaigns, history[address], now) for address, rows in at.items()]


def gone_to(point: ContactPoint, now: datetime) -> Gone:
    """What letters went to one inbox by themselves lately."""
    address, row = point.address.lower(), Waits(uuid.uuid4(), point.addressee_id, 0, now)
    return Gone(tuple(_history({address: [row]}, now)[address].singles))


def waiting(addressees: Collection[uuid.UUID] | None = None) -> Iterable[Waits]:
    """Letters that wait, counted."""
    letters = Letter.objects.waiting().order_by()
    if addressees is not None:
        letters = letters.filter(addressee__in=addressees)
    counted = letters.values("campaign", "addressee").annotate(number=Count("pk"), oldest_at=Min("confirmed_at"))
    return (Waits(**row) for row in counted)


def points_of(addressees: Collection[uuid.UUID]) -> dict[uuid.UUID, ContactPoint]:
    """Where each may be written to by email, the best address first; those without one are not there."""
    rows = ContactPoint.objects.filter(addressee__in=addressees, channel=EMAIL.name).select_related("addressee")
    usable = [point for point in rows if point.is_usable]
    forbidden = suppressed(EMAIL.name, [point.address for point in usable])
    best: dict[uuid.UUID, ContactPoint] = {}
    for point in sorted(usable, key=lambda point: point.rank):
        if point.address not in forbidden:
            best.setdefault(point.addressee_id, point)
    return best


def withdrawn(campaigns: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Campaign and addressee where the demands were taken back: nobody's letter leaves that asks for them."""
    appeals = Appeal.objects.filter(campaign__in=campaigns, status=Appeal.Status.WITHDRAWN)
    return set(appeals.values_list("campaign", "addressee"))


def standing_holds(now: datetime) -> list[Hold]:
    """The holds that may concern letters. Those on a step do not: a letter belongs to none."""
    named = Q(channel__in=["", EMAIL.name, LETTERS], step=None)
    return list(Hold.objects.standing(now).filter(named).select_related("addressee", "campaign"))


def is_held(campaign: uuid.UUID, addressee: uuid.UUID, address: str, holds: Iterable[Hold]) -> bool:
    return any(
        (not hold.campaign_id or hold.campaign_id == campaign)
        and (not hold.addressee_id or hold.addressee_id == addressee)
        and (not hold.domain or address.casefold().endswith(f"@{hold.domain}".casefold()))
        for hold in holds
    )


def timing_of(campaign: Campaign, point: ContactPoint, *, is_digest: bool) -> Timing:
    """When messages leave for an office. Digests keep to working hours also where a campaign has none."""
    timing = sending_of(campaign.sending).timing(ADDRESSEES, EMAIL.name, campaign.zone, point.addressee.place())
    if is_digest and timing.manner.window.is_always_open:
        return replace(timing, manner=replace(timing.manner, window=OFFICE_HOURS))
    return timing


@dataclass(slots=True)
class _Lately:
    """What went to one inbox. `digests`: when the last one of each campaign did."""

    singles: list[datetime]
    digests: dict[uuid.UUID, datetime]
    single_is_on_its_way: bool = False
    digest_is_on_its_way: bool = False


def _history(at: Mapping[str, Sequence[Waits]], now: datetime) -> dict[str, _Lately]:
    where = {row.addressee: address for address, rows in at.items() for row in rows}
    found = {address: _Lately([], {}) for address in at}
    states = (*Mailbag.ON_THEIR_WAY, *Mailbag.MAY_HAVE_ARRIVED)
    rows = Mailbag.objects.annotate(
        inbox=Lower("contact_point__address"), at=Coalesce("tried_at", "created_at")
    ).order_by()
    lately = Q(state__in=Mailbag.ON_THEIR_WAY) | Q(created_at__gt=now - REMEMBERED)
    rows = rows.filter(lately, Q(inbox__in=list(at)) | Q(addressee__in=list(where)), state__in=states)
    for inbox, addressee, campaign, is_digest, state, gone_at in rows.values_list(
        "inbox", "addressee", "campaign", "is_digest", "state", "at"
    ):
        for address in {inbox, where.get(addressee)} & found.keys():
            _note(found[address], campaign, gone_at, now, is_digest=is_digest, state=state)
    return found


def _note(lately: _Lately, campaign: uuid.UUID, at: datetime, now: datetime, *, is_digest: bool, state: str) -> None:
    is_on_its_way = state in Mailbag.ON_THEIR_WAY
    if is_digest:
        lately.digest_is_on_its_way |= is_on_its_way
        lately.digests[campaign] = max(at, lately.digests.get(campaign, at))
        return
    lately.single_is_on_its_way |= is_on_its_way
    if state in Mailbag.MAY_HAVE_ARRIVED and at > now - DAY:
        lately.singles.append(at)


def _inbox(
    address: str,
    rows: Sequence[Waits],
    points: Mapping[uuid.UUID, ContactPoint],
    campaigns: Mapping[uuid.UUID, Campaign],
    lately: _Lately,
    now: datetime,
) -> Inbox:
    of_campaign: dict[uuid.UUID, list[Waits]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.oldest_at, row.addressee)):
        of_campaign[row.campaign].append(row)
    piles = tuple(
        _pile(campaigns[campaign], those, [points[row.addressee] for row in those], lately.digests.get(campaign), now)
        for campaign, those in of_campaign.items()
    )
    gone = Gone(tuple(lately.singles), lately.single_is_on_its_way, lately.digest_is_on_its_way)
    return Inbox(address, piles, gone, {row.addressee: points[row.addressee] for row in rows})


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
