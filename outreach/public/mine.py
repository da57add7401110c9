"""«My data»: a form that mails a link and tells nobody who is known, and the page behind the link."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.consent import Consent
from campaigns.representatives import Map
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from channels.email import EMAIL
from outreach.erasing import erase as erase_supporter
from outreach.hint import give_hint
from outreach.links import writing
from outreach.moving import move
from outreach.network import network_of
from outreach.own_data import change, export, is_open, letters_from, take_back, whose
from outreach.public.consent_fields import decided
from outreach.public.kept_page import context_of
from outreach.public.letter_sentences import LETTERS
from outreach.public.mine_sentences import MINE
from outreach.public.quick_door import came_from, is_from_another_site
from outreach.public.sign_form import LONGEST, tidy
from outreach.public.unsubscribe import lost
from outreach.signing import read_signups
from outreach.signup import DATA, Form, keep

EXPIRED = 410
CHANGES = ("change", "move", "take-back", "erase")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """GET shows the form; POST keeps the wish and answers the same to everybody. A worker reads it."""
    campaign = get_object_or_404(Campaign, slug=slug, published_at__isnull=False)
    if language not in campaign.languages:
        raise Http404
    if request.method != "POST":
        return _page(request, campaign, language, "ask")
    email = request.POST.get("email", "").strip()
    if is_from_another_site(request.META):
        return _page(request, campaign, language, "ask", status=422, problem="elsewhere")
    if not email or len(email) > LONGEST["email"] or EMAIL.address_problem(email):
        return _page(request, campaign, language, "ask", status=422, problem="email_wrong", typed=email[:400])
    now = moment.now()
    try:
        keep(campaign.pk, Form("", email, language, wish=DATA), network_of(came_from(request.META), now), now)
    except (OperationalError, InterfaceError):
        return _page(request, campaign, language, "ask", status=503, problem="failed", typed=email)
    give_hint(read_signups)
    return _page(request, campaign, language, "sent")


@never_cache
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What we know of them. Looking changes nothing."""
    return _opened(request, token, "shown")


@never_cache
@require_safe
def download(request: HttpRequest, token: str) -> HttpResponse:
    """All of it as one JSON document."""
    notice, now = whose(token), moment.now()
    if notice is None or not is_open(notice, now) or notice.supporter.forgotten_at:
        return _opened(request, token, "shown")
    told = json.dumps(export(notice.supporter, now), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(told, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{notice.campaign.slug}.json"'
    return _private(response)


@csrf_exempt  # the link is the proof of who asks, and no cookie says anything
@never_cache
@require_POST
def act(request: HttpRequest, token: str, deed: str) -> HttpResponse:
    """Change, move, take back, erase. `deed`: one of CHANGES."""
    notice, now = whose(token), moment.now()
    if deed not in CHANGES:
        raise Http404
    if notice is None or not is_open(notice, now) or notice.supporter.forgotten_at:
        return _opened(request, token, "shown")
    supporter = notice.supporter
    if deed == "erase":
        if request.POST.get("sure") != "yes":
            return _opened(request, token, "shown", problem="sure")
        erase_supporter(supporter, now)
        return _opened(request, token, "shown")
    if deed == "take-back":
        take_back(supporter, now)
        return _opened(request, token, "changed")
    if deed == "move":
        postcode = tidy(request.POST.get("postcode", ""))
        is_moved = len(postcode) <= LONGEST["postcode"] and move(
            supporter, postcode=postcode, division=request.POST.get("division", "")
        )
        return _opened(request, token, "changed") if is_moved else _opened(request, token, "shown", problem="place")
    name = tidy(request.POST.get("name", ""))
    if not name or len(name) > LONGEST["name"]:
        return _opened(request, token, "shown", problem="name")
    answers = decided(request.POST, supporter.campaign.asking())
    is_public = request.POST.get("public") == "yes"
    change(supporter, name=name, is_public=is_public, consents=answers.consents, asked=answers.asked, now=now)
    return _opened(request, token, "changed")


def _opened(request: HttpRequest, token: str, state: str, problem: str = "") -> HttpResponse:
    notice = whose(token)
    if notice is None:
        return lost(request)
    supporter = Supporter.objects.select_related("campaign").get(pk=notice.supporter_id)
    languages = supporter.campaign.languages
    language = supporter.language if supporter.language in languages else supporter.campaign.default_language
    if supporter.forgotten_at:
        return _page(request, supporter.campaign, language, "erased")
    if not is_open(notice, moment.now()):
        return _page(request, supporter.campaign, language, "expired", status=EXPIRED)
    more = {
        "supporter": supporter,
        "signature": Signature.objects.filter(supporter=supporter).first(),
        "given": {purpose: "yes" if given else "no" for purpose, given in Consent.objects.all_of(supporter).items()},
        "own_token": token,
        "places": Map(supporter.campaign).everywhere(),
        "written": [(each, writing().token(each.form)) for each in letters_from(supporter)],
    }
    status = 422 if problem else 200
    return _page(request, supporter.campaign, language, state, status=status, problem=problem, **more)


def _page(
    request: HttpRequest, campaign: Campaign, language: str, state: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = context_of(campaign, language)
    ours = str(context["ours"])
    context |= {"state": state, "mine": MINE[ours], "letters": LETTERS[ours], "problem": "", "typed": "", **more}
    return _private(render(request, "public/mine.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
