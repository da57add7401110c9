"""The versions of a campaign: who changed what, and when."""

from django.http import HttpRequest, HttpResponse

from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show


@page
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return show(request, "versions.html", campaign, title="Versions", versions=list(campaign.versions.all()))
