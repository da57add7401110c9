"""On which clock somebody reads times: the campaign's, or their own."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.folder.places import zone_problem
from outreach.dashboard.door import campaign_of, for_staff
from outreach.dashboard.frame import ZONE


def zones(campaign: Campaign, addressees: Iterable[Addressee]) -> list[str]:
    """What is offered; any other name of a zone is taken as well."""
    return sorted({campaign.time_zone, "UTC", *(addressee.time_zone for addressee in addressees)})


@require_POST
@for_staff
def choose_clock(request: HttpRequest, slug: str) -> HttpResponse:
    """Kept for this session, for every page; nothing chosen means the campaign's clock."""
    campaign = campaign_of(request, slug)
    zone = request.POST.get("zone", "").strip()
    if zone and (problem := zone_problem(zone)):
        meant = f" Did you mean {problem[1]}?" if problem[1] else ""
        messages.error(request, f"“{zone}”: {problem[0]}.{meant}")
    elif not zone or zone == campaign.time_zone:
        request.session.pop(ZONE, None)
    else:
        request.session[ZONE] = zone
    return redirect("board", slug=slug)
