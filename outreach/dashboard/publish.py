"""Publishing a draft: the one deed that makes letters leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns import moment
from campaigns.publication import NotPublishable
from outreach.begin import publish as publish_campaign
from outreach.dashboard.board import show_board
from outreach.dashboard.door import campaign_of, deed


@deed
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the campaign's slug, typed by hand, so that nobody publishes by accident."""
    campaign = campaign_of(request, slug)
    typed = request.POST.get("slug", "").strip()
    if typed != campaign.slug:
        return _problem(request, slug, f"Type {campaign.slug} to publish; nothing was published", typed)
    try:
        publish_campaign(campaign, moment.now())
    except NotPublishable as problem:
        return _problem(request, slug, f"{problem}; nothing was changed", typed)
    messages.success(request, "Published. The clock begins with the first letters; this page shows them leave.")
    return redirect("board", slug=slug)


def _problem(request: HttpRequest, slug: str, sentence: str, typed: str) -> HttpResponse:
    return show_board(request, campaign_of(request, slug), 422, problems=[("slug", sentence)], said_slug=typed)
