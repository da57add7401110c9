"""What came back of supporters' letters, for the brake that holds them by itself."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from channels.news import Kind
from outreach.letters.mailbag import Mailbag, Mailbags
from outreach.report import Report
from outreach.spike import Figures

CAME_BACK = Q(state__in=Mailbag.DID_NOT_ARRIVE, contact_point__health=ContactPoint.Health.DEAD)


def suspects(since: datetime) -> Collection[uuid.UUID]:
    """The campaigns of whose messages since then any came back for good, or was complained about."""
    bags = Mailbag.objects.filter(tried_at__gt=since)
    return set(bags.filter(CAME_BACK | Q(pk__in=_complained(since))).order_by().values_list("campaign", flat=True))


def figures(campaign: Campaign, since: datetime) -> Figures:
    """Of the messages that went since then."""
    bags: Mailbags = Mailbag.objects.filter(campaign=campaign, tried_at__gt=since)
    bounces, gone = bags.filter(CAME_BACK).count(), Q(sent_at__isnull=False) | CAME_BACK
    return Figures(bags.filter(gone).count(), bounces, bags.filter(pk__in=_complained(since)).count())


def _complained(since: datetime) -> list[uuid.UUID]:
    told = Report.objects.filter(kind=Kind.COMPLAINT.value, at__gt=since, key__isnull=False)
    return [key for key in told.values_list("key", flat=True) if key]
