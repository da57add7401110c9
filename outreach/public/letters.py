"""Where an office reads what came in one message of supporters, every letter in full, and says how it wants them. No
sign-in and no cookie: whoever has the link has the message.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.kept import brief_of
from campaigns.text import in_language
from campaigns.words.dates import day
from outreach.letters.alias import answers_of
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.manner import inbox_wants
from outreach.letters.together_sentences import TOGETHER
from outreach.links import letters_page
from outreach.public.sentences import SAID, direction, spoken

A_PAGE = 100
TOGETHER_ONLY, ONE_BY_ONE = "together", "one by one"
View = Callable[[HttpRequest, Mailbag], HttpResponse]


def _by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of the message the link was made for, or of the one that was sent in its place."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        known = letters_page().supporter(token)
        bags = Mailbag.objects.select_related("campaign", "addressee", "contact_point")
        bag = bags.filter(pk=known).first() if known else None
        return view(request, bag) if bag else lost(request)

    return csrf_exempt(never_cache(opened))


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, bag: Mailbag) -> HttpResponse:
    """GET shows and changes nothing; a POST says how this inbox wants such letters."""
    way = request.POST.get("way")
    if request.method == "POST" and way in (TOGETHER_ONLY, ONE_BY_ONE) and bag.address:
        inbox_wants(bag.address, digests_only=way == TOGETHER_ONLY)
        return redirect("letters", token=letters_page().token(bag.pk))
    return _page(request, bag)


@csrf_exempt
@never_cache
def lost(request: HttpRequest, token: str = "") -> HttpResponse:
    """A link that was not made here, or not in full."""
    return _page(request, None, status=404)


def _page(request: HttpRequest, bag: Mailbag | None, status: int = 200) -> HttpResponse:
    language = spoken(_wanted(request, bag))
    context: dict[str, Any] = {
        "language": language,
        "direction": direction(language),
        "said": SAID[language],
        "words": TOGETHER[language],
        "bag": bag,
        **(_about(request, bag, language) if bag else {}),
    }
    response = render(request, "public/letters.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _about(request: HttpRequest, bag: Mailbag, language: str) -> dict[str, Any]:
    campaign = bag.campaign
    name = campaign.sender.get("name", {})
    rows = Letter.objects.filter(Q(mailbag=bag) | Q(mailbag__instead_of=bag), state=Letter.State.TAKEN)
    shown = Paginator(
        rows.select_related("campaign", "supporter").order_by("-own_share", "confirmed_at", "id"), A_PAGE
    ).get_page(request.GET.get("page"))
    return {
        "token": letters_page().token(bag.pk),
        "title": in_language(campaign.title, language, *campaign.languages),
        "sender": in_language(name, language, *campaign.languages),
        "office": brief_of(campaign, 0).term(bag.addressee.name, language),
        "day": day(bag.sent_at or bag.created_at, language, bag.addressee.time_zone),
        "shown": shown,
        "number": shown.paginator.count,
        "answers_of": answers_of,
        "alike": _alike(rows),
        "digests_only": bag.contact_point is not None and bag.contact_point.digests_only,
        "ways": (TOGETHER_ONLY, ONE_BY_ONE),
    }


def _alike(rows: Any) -> dict[Any, int]:
    """How many in it say nearly the same as each letter that others resemble."""
    counted = rows.exclude(resembles=None).order_by().values("resembles").annotate(number=Count("pk"))
    return {row["resembles"]: row["number"] + 1 for row in counted}


def _wanted(request: HttpRequest, bag: Mailbag | None) -> list[str]:
    if bag is not None:
        return [*bag.addressee.languages, *bag.campaign.languages]
    return [each for each, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
