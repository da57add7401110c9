"""What keeps letters from leaving for an office: no usable address, a hold, closed hours, demands taken back. Looked at
each time anew.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, time

from django.db.models import Q

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from campaigns.ladder import ADDRESSEES
from campaigns.sending import Timing, sending_of
from campaigns.window import Window
from channels.email import EMAIL
from outreach.suppression import suppressed

OFFICE_HOURS = Window(time(9), time(17), is_for_workdays=True, skips_holidays=True)
"""For digests of campaigns that send at all hours."""


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
