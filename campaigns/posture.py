"""How an addressee stands to what was asked, as one word: what supporters of theirs are told apart by."""

import uuid
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.outcome import Standing, standings


class Posture(StrEnum):
    """The strongest that is so: whoever has acted on all that counts is not silent, whatever else they said."""

    ACTED = "acted"  # no demand is open that the campaign needs
    COMMITTED = "committed"  # a dated commitment runs on something that is open
    REFUSED = "refused"  # something that is open
    BROKEN = "broken"  # the date of a commitment has passed, and it is open still
    SILENT = "silent"


def posture(*, has_acted: bool, standing: Standing, zone: ZoneInfo, now: datetime) -> Posture:
    """At `now`, in a campaign that lives in `zone`, where the day of a commitment ends."""
    until = standing.committed_until(zone)
    if has_acted:
        return Posture.ACTED
    if until is not None and until >= now:
        return Posture.COMMITTED
    if standing.is_refused:
        return Posture.REFUSED
    return Posture.SILENT if until is None else Posture.BROKEN


def postures(campaign: Campaign, now: datetime) -> dict[Appeal, Posture]:
    """Of every addressee who has been asked; a few queries however many. Nobody is silent before they were asked."""
    unasked = (Appeal.Status.PLANNED, Appeal.Status.WITHDRAWN)
    appeals = list(campaign.appeals.exclude(status__in=unasked).select_related("addressee"))
    stand: dict[uuid.UUID, Standing] = standings(appeals)
    acted = Appeal.Status.ACTED
    return {
        each: posture(has_acted=each.status == acted, standing=stand[each.pk], zone=campaign.zone, now=now)
        for each in appeals
    }


def divisions_where(campaign: Campaign, wanted: Collection[str], now: datetime) -> set[str]:
    """Where somebody represents people who stands in one of the `wanted` ways."""
    found = {each.addressee.division for each, how in postures(campaign, now).items() if how in wanted}
    return found - {""}
