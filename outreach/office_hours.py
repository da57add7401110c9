"""The gate of the clock on the wall: what is due outside its recipient's hours waits until they begin."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from campaigns.sending import Closed, Sending, Timing, sending_of
from outreach.delivery import Delivery
from outreach.wait import Wait


def office_hours(due: Sequence[Delivery], now: datetime) -> Mapping[uuid.UUID, Wait]:
    """Those whose window is closed at `now`, each until it opens. Read anew each time, never kept as an offset."""
    manners: dict[uuid.UUID, Sending] = {}
    closed: dict[Timing, Closed | None] = {}
    waiting = {}
    for delivery in due:
        campaign = delivery.campaign
        sending = manners.get(campaign.pk) or manners.setdefault(campaign.pk, sending_of(campaign.sending))
        timing = timing_of(delivery, sending)
        if timing not in closed:
            closed[timing] = timing.closed(now)
        if shut := closed[timing]:
            waiting[delivery.pk] = Wait(shut.until, shut.sentence)
    return waiting


def timing_to_supporters(campaign: Campaign, channel: str) -> Timing:
    return sending_of(campaign.sending).timing(SUPPORTERS, channel, campaign.zone, None)


def timing_of(delivery: Delivery, sending: Sending) -> Timing:
    place = delivery.addressee.place() if delivery.addressee else None
    return sending.timing(delivery.audience, delivery.channel, delivery.campaign.zone, place)
