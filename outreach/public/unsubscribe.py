"""Where a supporter ends our letters, by the link in each of them. No sign-in, cookie or redirect (RFC 8058, 3.1)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from campaigns import moment
from campaigns.supporter import Supporter
from campaigns.text import in_language
from outreach.links import unsubscribing
from outreach.public.sentences import SAID, direction, spoken
from outreach.unsubscribe import opt_in_again, opt_out

View = Callable[[HttpRequest, Supporter | None], HttpResponse]


def _by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of whoever the link was made for; None if we do not know them any more.

    The link is the proof of who asks, and a mail program cannot bring another one: hence no CSRF token.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        known = unsubscribing().supporter(token)
        if known is None:
            return lost(request)
        return view(request, Supporter.objects.select_related("campaign").filter(pk=known).first())

    return csrf_exempt(never_cache(opened))


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, supporter: Supporter | None) -> HttpResponse:
    """GET asks and changes nothing, for mail scanners follow links. Any POST ends the letters."""
    if supporter is None:
        return _page(request, "done", None)
    if request.method == "POST":
        opt_out(supporter, moment.now())
    return _page(request, "done" if supporter.opted_out_at else "ask", supporter)


@_by_link
@require_POST
def undo(request: HttpRequest, supporter: Supporter | None) -> HttpResponse:
    """It was a mistake: letters come again, as they had agreed to."""
    if supporter is None:
        return _page(request, "done", None)
    opt_in_again(supporter, moment.now())
    return _page(request, "back", supporter)


@csrf_exempt
@never_cache
def lost(request: HttpRequest, token: str = "") -> HttpResponse:
    """A link that was not made here, or not in full."""
    return _page(request, "lost", None, status=404)


def _page(request: HttpRequest, state: str, supporter: Supporter | None, status: int = 200) -> HttpResponse:
    wanted = [each for each, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    if supporter is not None:
        wanted = [supporter.language, supporter.campaign.default_language]
    language = spoken(wanted)
    context = {
        "language": language,
        "direction": direction(language),
        "said": SAID[language],
        "state": state,
        "campaign": _title(supporter) if supporter else None,
        "token": unsubscribing().token(supporter.pk) if supporter else "",
    }
    response = render(request, "public/unsubscribe.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _title(supporter: Supporter) -> tuple[str, str]:
    """What the campaign is called, and in which language that is said."""
    title = supporter.campaign.title
    language = next((each for each in (supporter.language, *supporter.campaign.languages) if title.get(each)), "")
    return in_language(title, language), language
