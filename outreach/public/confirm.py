"""The second step of signing, behind the link in the mail. Opening it changes nothing: mail scanners follow links."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from campaigns import moment
from campaigns.consent import UPDATES, Consent
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.confirming import confirm as confirm_signature
from outreach.confirming import disown
from outreach.links import confirming
from outreach.public.kept_page import context_of
from outreach.public.unsubscribe import lost

View = Callable[[HttpRequest, Supporter], HttpResponse]
State = Signature.State


def _by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of whoever signed. The link is the proof of who asks: hence no CSRF token."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        known = confirming().supporter(token)
        kept = Supporter.objects.select_related("campaign", "signature").filter(signature__isnull=False)
        supporter = kept.filter(pk=known).first() if known else None
        return view(request, supporter) if supporter else lost(request)

    return csrf_exempt(never_cache(opened))


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    """GET asks; POST counts the signature, once."""
    if request.method == "POST":
        confirm_signature(supporter, moment.now())
        supporter.refresh_from_db()
    return _page(request, supporter)


@_by_link
@require_POST
def not_me(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    """Somebody typed an address that is not theirs: the signature goes, and so does what we know of it."""
    disown(supporter, moment.now())
    supporter.refresh_from_db()
    return _page(request, supporter)


def _page(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    language = supporter.language if supporter.language in supporter.campaign.languages else None
    signature = Signature.objects.get(supporter=supporter)
    is_noted = signature.state == State.INVALIDATED and signature.confirmed_at is not None  # it looks as any other does
    context = context_of(supporter.campaign, language or supporter.campaign.default_language)
    context |= {
        "supporter": supporter,
        "signature": signature,
        "state": State.CONFIRMED if is_noted else signature.state,
        "wants_messages": Consent.objects.standing(supporter, UPDATES),
        "own_token": confirming().token(supporter.pk),
    }
    response = render(request, "public/confirm.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
