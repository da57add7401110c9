"""Who of a campaign can be reached how, whom a step does not reach, and which places nobody represents."""

from django.http import HttpRequest, HttpResponse

from campaigns.coverage import coverage_of
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.words import text_of

MOST = 100  # names in a list


@page
def coverage(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return show(
        request,
        "coverage.html",
        campaign,
        title="Coverage",
        tab="addressees",
        seen=coverage_of(campaign),
        steps={step.key: text_of(step.title) for step in campaign.steps.all()},
        most=MOST,
    )
