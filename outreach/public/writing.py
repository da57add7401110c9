"""The second step of writing, behind the link in the mail. Opening it changes nothing: mail scanners follow links."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from campaigns import moment
from campaigns.kept import brief_of
from outreach.letters.carried import carried
from outreach.letters.confirming import confirm, disown, letters_of, take_back
from outreach.letters.enveloped import said_in, shown_carrier
from outreach.letters.letter import Letter
from outreach.links import writing as writing_links
from outreach.public.kept_page import context_of
from outreach.public.letter_sentences import LETTERS
from outreach.public.unsubscribe import lost

View = Callable[..., HttpResponse]
State = Letter.State
DEEDS = {"confirm": confirm, "take-back": take_back, "not-me": disown}
GONE = (State.WITHDRAWN, State.EXPIRED, State.ERASED)


def _by_link(view: View) -> View:
    """The view of the letters of one form. The link is the proof of who asks: hence no CSRF token."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: str) -> HttpResponse:
        known = writing_links().supporter(token)
        letters = letters_of(known) if known else []
        return view(request, token, letters, **more) if letters else lost(request)

    return csrf_exempt(never_cache(opened))


@_by_link
@require_safe
def writing(request: HttpRequest, token: str, letters: list[Letter]) -> HttpResponse:
    """What they wrote, and what has become of it."""
    return _page(request, token, letters)


@_by_link
@require_POST
def act(request: HttpRequest, token: str, letters: list[Letter], deed: str) -> HttpResponse:
    """Confirm, take back, or «it was not me». `deed`: one of DEEDS."""
    if deed not in DEEDS:
        raise Http404
    DEEDS[deed](letters, moment.now())
    return _page(request, token, letters_of(letters[0].form))


def _page(request: HttpRequest, token: str, letters: list[Letter]) -> HttpResponse:
    campaign, first = letters[0].campaign, letters[0]
    page_language = first.supporter.language
    language = page_language if page_language in campaign.languages else campaign.default_language
    context = context_of(campaign, language)
    brief, carrier = brief_of(campaign, 0), shown_carrier(campaign)
    states = {each.state for each in letters}
    context |= {
        "letters": LETTERS[str(context["ours"])],
        "own_token": token,
        "supporter": first.supporter,
        "written": [
            (each, brief.term(each.addressee.name, language), carried(said_in(each), carrier)) for each in letters
        ],
        "is_waiting": State.WRITTEN in states,
        "may_take_back": bool(states & {State.WRITTEN, State.CONFIRMED}),
        "is_gone": states <= set(GONE),
    }
    response = render(request, "public/writing.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
