"""The HTML part of a message, as the recipient's program gets it: in a frame of its own where nothing runs or loads."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.wordings import preview_of

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; base-uri 'none'"


@page
def delivery_html(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    one = get_object_or_404(campaign_of(request, slug).deliveries.select_related("sheet", "supporter"), pk=delivery_id)
    if not one.words.html:
        raise Http404
    return framed(one.words.html)


@page
def wording_html(request: HttpRequest, slug: str, name: str, channel: str, language: str) -> HttpResponse:
    shown, _ = preview_of(campaign_of(request, slug), name, channel, language, request.GET.get("addressee", ""))
    if shown is None or not shown.html:
        raise Http404
    return framed(shown.html)


def framed(html: str) -> HttpResponse:
    """May stand in a frame of our own pages, and do nothing there."""
    headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(html, headers=headers)
