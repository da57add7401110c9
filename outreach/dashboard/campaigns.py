"""The list of campaigns."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from outreach.dashboard.door import page, person
from outreach.dashboard.frame import show
from outreach.dashboard.scene import asked_in

Status = Campaign.Status
ALIVE = Q(appeals__status__in=Appeal.ALIVE)


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign in the list: how many addressees, how many of them acted or still have time, and what comes next."""

    campaign: Campaign
    addressees: int
    waiting: int
    acted: int
    next_at: datetime | None


@page
def campaigns(request: HttpRequest) -> HttpResponse:
    lines = [_line(campaign) for campaign in _counted(request)]
    parts = [
        (title, [line for line in lines if line.campaign.status == status])
        for title, status in (("Running", Status.RUNNING), ("Drafts", Status.DRAFT), ("Closed", Status.CLOSED))
    ]
    return show(request, "campaigns.html", title="Campaigns", parts=parts, is_empty=not lines)


def _counted(request: HttpRequest) -> "list[Campaign]":
    running = ALIVE & Q(appeals__stopped_at=None, appeals__look_at__gt=moment.now())
    visible = Campaign.objects.visible_to(person(request))
    return list(
        visible.annotate(
            addressees=Count("appeals"),
            waiting=Count("appeals", filter=ALIVE),
            acted=Count("appeals", filter=Q(appeals__status=Appeal.Status.ACTED)),
            look_at=Min("appeals__look_at", filter=running),
        )
    )


def _line(campaign: Campaign) -> Line:
    counts: dict[str, int] = {name: getattr(campaign, name) for name in ("addressees", "waiting", "acted")}
    next_at: datetime | None = vars(campaign)["look_at"]
    if campaign.status == Status.DRAFT:
        counts["addressees"], next_at = asked_in(campaign).count(), campaign.publish_at
    return Line(campaign, next_at=next_at, **counts)
