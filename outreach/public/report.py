"""The closing report for everybody. It is there from publication on: interim, until nothing is waiting any more."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from babel import Locale
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.text import in_language
from campaigns.words.dates import locale_of
from channels.paper import NoFont
from outreach.closing.document import document
from outreach.closing.kept import book
from outreach.closing.paper import on_paper
from outreach.closing.report import Report
from outreach.closing.told import tell
from outreach.closing.words import SAID, spoken
from outreach.public import sentences
from outreach.public.card import card_of

P = ParamSpec("P")
FRESH_FOR = 60  # seconds


def _published(
    view: Callable[Concatenate[HttpRequest, Campaign, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Nobody is told of a draft. The answer may be kept for a minute by whoever carries it."""

    @wraps(view)
    def shown(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        campaign = get_object_or_404(Campaign.objects.exclude(status=Campaign.Status.DRAFT), slug=slug)
        response = view(request, campaign, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_FOR)
        return response

    return require_safe(shown)


@_published
def report(request: HttpRequest, campaign: Campaign, language: str = "") -> HttpResponse:
    """In the language of the address; without one, in the reader's first that there is."""
    chosen = _asked_for(campaign, language) if language else _preferred(request, campaign)
    context = {
        "slug": campaign.slug,
        "card": card_of(campaign, chosen, request.path),
        "language": chosen,
        "direction": sentences.direction(chosen),
        "said": sentences.SAID[sentences.spoken([chosen])],
        "told": tell(Report(book(campaign, moment.now())), chosen),
        "sender": in_language(campaign.sender.get("name", {}), chosen, campaign.default_language),
        "languages": [(code, _own_name(code)) for code in _languages(campaign)],
        "languages_label": locale_of(chosen).display_name,
    }
    response = render(request, "public/report.html", context)
    response.headers["Vary"] = "Accept-Language"
    return response


@_published
def report_json(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return JsonResponse(document(Report(book(campaign, moment.now()))), json_dumps_params={"ensure_ascii": False})


@_published
def report_pdf(request: HttpRequest, campaign: Campaign, language: str) -> HttpResponse:
    chosen = _asked_for(campaign, language)
    try:
        content = on_paper(Report(book(campaign, moment.now())), chosen)
    except NoFont as problem:
        return HttpResponse(f"{problem}\n", status=503, content_type="text/plain; charset=utf-8")
    return as_file(content, f"{campaign.slug}-report-{chosen}.pdf")


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _languages(campaign: Campaign) -> list[str]:
    """Those of the campaign in which a report can speak; English if there is none."""
    return [code for code in campaign.languages if code in SAID] or [spoken(campaign.languages)]


def _asked_for(campaign: Campaign, language: str) -> str:
    if language not in _languages(campaign):
        raise Http404
    return language


def _preferred(request: HttpRequest, campaign: Campaign) -> str:
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    known = _languages(campaign)
    bases = [each.split("-")[0] for each, _ in wanted]
    return next((base for base in bases if base in known), known[0])


def _own_name(code: str) -> str:
    """A language's name in itself."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
