"""How others take part from elsewhere, and how often they opened an app to share."""

from django.http import HttpRequest, HttpResponse

from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.sharing import sharing_of


@page
def sharing(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return show(request, "sharing.html", campaign, title="Sharing", tab="sharing", sharing=sharing_of(campaign))
