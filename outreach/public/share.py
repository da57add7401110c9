"""Sharing: a press on a button is counted, then the reader's own app is opened. Opening a page counts nothing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.campaign import Campaign
from campaigns.share import APPS, MASTODON, note_share
from channels.paper import NoFont
from outreach.public.kept_page import context_of
from outreach.public.qr import qr_svg
from outreach.public.quick_door import is_from_another_site
from outreach.public.report import as_file
from outreach.public.shares import server_of, share_link
from outreach.public.signing_pages import signable
from outreach.signing_sheet import sheets

HOUR, DAY = 3600, 24 * 3600


@csrf_exempt
@never_cache
@require_POST
def share(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Count that an app is opened, and lead to the page that opens it."""
    campaign, app = signable(slug, language), request.POST.get("app", "")
    if app not in APPS or app == MASTODON:
        raise Http404
    _count(request, campaign, app)
    return HttpResponse(status=303, headers={"Location": _path("share-by", slug=slug, language=language, app=app)})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_by(request: HttpRequest, slug: str, language: str, app: str) -> HttpResponse:
    """The page that opens the app at once, and says what is counted. For Mastodon it first asks for the server, which
    is posted and kept nowhere: a small server can be one person's.
    """
    campaign = signable(slug, language)
    if app not in APPS or (request.method == "POST" and app != MASTODON):
        raise Http404
    server = server_of(request.POST.get("server", "")[:300])
    is_wrong = request.method == "POST" and not server
    if server:
        _count(request, campaign, app)
    context = context_of(campaign, language)
    url = settings.OUTREACH_URL + _path("campaign-in", slug=slug, language=language)
    title = context["front"].title  # type: ignore[attr-defined]
    link = share_link(app, title, url, server) if server or app != MASTODON else ""
    context |= {"app": app, "where": APPS[app], "link": link, "address": url, "is_wrong": is_wrong}
    response = render(request, "public/share_by.html", context, status=422 if is_wrong else 200)
    if link:
        response.headers["Refresh"] = f"0; url={link}"
    return response


@require_safe
def qr(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The campaign's page as a QR code, to be printed in any size."""
    signable(slug, language)
    url = settings.OUTREACH_URL + _path("campaign-in", slug=slug, language=language)
    response = HttpResponse(qr_svg(url), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
def sheet(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A sheet for signatures on paper, to be printed by anybody; its number is written on it by hand."""
    try:
        content = sheets(signable(slug, language), language)
    except NoFont as problem:
        return HttpResponse(f"{problem}\n", status=503, content_type="text/plain; charset=utf-8")
    response = as_file(content, f"{slug}-{language}.pdf")
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


def _count(request: HttpRequest, campaign: Campaign, app: str) -> None:
    if not is_from_another_site(request.META):
        note_share(campaign.pk, app)


def _path(page: str, **where: str) -> str:
    return reverse(page, kwargs=where)
