"""Stopping by itself when too much comes back: a hold on the campaign and channel, which a person lifts.

Level-triggered, like all the clock does: each pass compares what happened with the rule. After a hold was lifted only
what was sent since counts, so that lifting it means: go on.
"""

import re
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.health import NO_SUCH_MAILBOX, THE_SENDERS
from outreach.letters.brake import figures, suspects
from outreach.spike import Brakes, Figures

AUTHOR = "the brake"
CAME_BACK = Q(kind__in=["bounced", "refused"], detail__permanent=True)
AT_THE_DOOR = rf"^({'|'.join(map(re.escape, NO_SUCH_MAILBOX))})"
TURNED_AWAY = Q(kind="refused", detail__code__regex=AT_THE_DOOR) & ~Q(detail__code__in=THE_SENDERS)
COMPLAINT = Q(kind="complaint")


def pull_brakes(now: datetime) -> list[Hold]:
    """Hold each campaign's channel on which there are more bounces or complaints than may be; answers the new holds."""
    brakes: Brakes | None = settings.BRAKES
    if brakes is None:
        return []
    pulled = [_pull(brakes, campaign, channel, now) for campaign, channel in _suspects(brakes, now)]
    pulled += [_pull(brakes, campaign, LETTERS, now) for campaign in suspects(now - timedelta(hours=brakes.hours))]
    return [hold for hold in pulled if hold]


def _suspects(brakes: Brakes, now: datetime) -> QuerySet[Event, tuple[uuid.UUID, str]]:
    """Campaign and channel, where something went wrong often enough to count what went well."""
    bad = Event.objects.filter(kind__in=Event.BAD_NEWS, at__gte=now - timedelta(hours=brakes.hours))
    counted = bad.order_by().values("delivery__campaign", "delivery__channel").annotate(
        bounces=Count("id", filter=CAME_BACK | TURNED_AWAY), complaints=Count("id", filter=COMPLAINT)
    )  # fmt: skip
    enough = Q(bounces__gt=brakes.bounces * brakes.letters) | Q(complaints__gte=brakes.complainers)
    return counted.filter(enough).values_list("delivery__campaign", "delivery__channel")


@transaction.atomic
def _pull(brakes: Brakes, campaign_id: uuid.UUID, channel: str, now: datetime) -> Hold | None:
    """None if it need not be held, is held already, or another pass is at it."""
    campaign = Campaign.objects.select_for_update(skip_locked=True).filter(pk=campaign_id).first()
    ours = Hold.objects.filter(campaign=campaign_id, channel=channel, author=AUTHOR)
    if campaign is None or ours.standing(now).exists():
        return None
    lifted_at = ours.aggregate(last=Max("lifted_at"))["last"]
    since = max(filter(None, (now - timedelta(hours=brakes.hours), lifted_at)))
    is_theirs = channel == LETTERS  # what supporters wrote
    reason = brakes.reason(figures(campaign, since) if is_theirs else _figures(brakes, campaign, channel, since))
    if not reason:
        return None
    return Hold.objects.place(campaign=campaign, channel=channel, reason=reason, author=AUTHOR, now=now)


def _figures(brakes: Brakes, campaign: Campaign, channel: str, since: datetime) -> Figures:
    """Letters are counted no further than it takes to know that the rest does not matter."""
    events = Event.objects.filter(delivery__campaign=campaign, delivery__channel=channel, kind__in=Event.BAD_NEWS)
    turned_away = events.filter(TURNED_AWAY, at__gt=since).count()
    of_sent = events.filter(delivery__sent_at__gt=since)
    bounces = turned_away + of_sent.filter(CAME_BACK).count()
    complaints = of_sent.filter(COMPLAINT).values("delivery").distinct().count()
    sent = Delivery.objects.filter(campaign=campaign, channel=channel, sent_at__gt=since)
    most = max(bounces / brakes.bounces, complaints / brakes.complaints, brakes.letters) + 1
    return Figures(turned_away + sent[: int(most)].count(), bounces, complaints)
