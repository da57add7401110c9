"""The closing report for staff: of a draft, as a rehearsal in silence makes it; otherwise as things stand."""

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from channels.paper import NoFont
from outreach.closing import kept, rehearsed
from outreach.closing.paper import on_paper
from outreach.closing.report import Report
from outreach.closing.told import tell
from outreach.closing.words import ENGLISH
from outreach.dashboard.door import campaign_of, page, refused
from outreach.dashboard.frame import show
from outreach.public.report import as_file
from outreach.rehearsal import rehearse


@page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    told = tell(report_of(campaign), ENGLISH)
    return show(request, "report.html", campaign, title=told.kind, tab="report", told=told)


@page
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    try:
        return as_file(on_paper(report_of(campaign), ENGLISH), f"{campaign.slug}-report.pdf")
    except NoFont as problem:
        return refused(request, f"{problem} in OUTREACH_FONTS")


def report_of(campaign: Campaign) -> Report:
    """Interim while the campaign runs, final once it has closed."""
    if campaign.status == Campaign.Status.DRAFT:
        return Report(rehearsed.book(rehearse(edition_of(campaign))))
    return Report(kept.book(campaign, moment.now()))
