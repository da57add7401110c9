"""What stands around every page: which campaign, what time it is there, and what is only a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.hold import standstill
from outreach.dashboard.when import When
from outreach.roles import may_change
from outreach.task import Task


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
        "when": When(campaign.time_zone if campaign else "UTC", moment.now()),
        "may_change": may_change(request.user),
        "is_virtual": moment.is_virtual(),
        "is_demonstration": moment.is_virtual() or bool(campaign and campaign.is_invented),
        "is_all_outbox": is_all_outbox(),
        "problems": [],
        "stopped": standstill(moment.now()),
        "open_tasks": Task.objects.open().filter(delivery__campaign=campaign).count() if campaign else 0,
    }
    return render(request, f"dashboard/{template}", {**frame, **context}, status=status)


def is_all_outbox() -> bool:
    """Whether no channel has a wire that leaves this machine."""
    return not any(settings.CHANNELS.values())
