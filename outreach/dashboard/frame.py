"""What stands around every page: which campaign, what time it is there, and what is only a demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.hold import standstill
from outreach.dashboard.when import When
from outreach.needs.inbox import inbox
from outreach.needs.need import Scope
from outreach.roles import may_change
from outreach.task import Task

COUNTED = 15  # seconds
ZONE = "time_zone"


def show(
    request: HttpRequest,
    template: str,
    campaign: Campaign | None = None,
    *,
    title: str,
    tab: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page `templates/dashboard/<template>`. `problems`, if given: (id of the field, sentence) for each."""
    frame: dict[str, Any] = {
        "campaign": campaign,
        "title": title,
        "tab": tab,
        "when": When(zone_of(request, campaign), moment.now()),
        "may_change": may_change(request.user),
        "is_virtual": moment.is_virtual(),
        "is_demonstration": moment.is_virtual() or bool(campaign and campaign.is_invented),
        "is_all_outbox": is_all_outbox(),
        "problems": [],
        "stopped": standstill(moment.now()),
        "open_needs": open_needs(request, campaign),
        "needs_approval": campaign is not None and any(step.approvers for step in campaign.steps.all()),
        "open_tasks": Task.objects.open().filter(delivery__campaign=campaign).count() if campaign else 0,
    }
    return render(request, f"dashboard/{template}", {**frame, **context}, status=status)


def open_needs(request: HttpRequest, campaign: Campaign | None) -> int:
    """How many tasks wait for a person in this campaign, or in all; counted anew four times a minute at most."""
    user = request.user
    if not isinstance(user, User) or not user.is_staff:
        return 0
    key = _count_key(user, campaign)
    try:
        if (kept := cache.get(key)) is not None:
            return int(kept)
        number = len(inbox(Scope(user, campaign), moment.now()))
        cache.set(key, number, COUNTED)
    except RedisError:
        return 0
    return number


def forget_count(user: User, *campaigns: Campaign | None) -> None:
    """Something was settled: count anew for this person."""
    try:
        cache.delete_many([_count_key(user, campaign) for campaign in (None, *campaigns)])
    except RedisError:
        return  # the count is right again in a moment anyway


def _count_key(user: User, campaign: Campaign | None) -> str:
    return f"needs:{user.pk}:{campaign.pk if campaign else 'all'}"


def zone_of(request: HttpRequest, campaign: Campaign | None) -> str:
    """On which clock times are shown: the one this person chose, or else the campaign's."""
    return str(request.session.get(ZONE) or (campaign.time_zone if campaign else "UTC"))


def is_all_outbox() -> bool:
    """Whether no channel has a wire that leaves this machine."""
    return not any(settings.CHANNELS.values())
