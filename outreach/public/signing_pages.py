"""A campaign's page, and signing on it: for whoever comes, without a cookie, the same for everybody."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from campaigns import moment
from campaigns.asking import AGE
from campaigns.campaign import Campaign
from campaigns.tally import count
from campaigns.words.language import choose
from outreach import proof_of_work
from outreach.alarm import Alarm
from outreach.hint import give_hint
from outreach.network import network_of
from outreach.public.kept_page import COUNT, PAGE, TYPED, Kind, context_of, page_of
from outreach.public.quick_door import MOST_BYTES, came_from, is_from_another_site
from outreach.public.sign_form import Wrong, read
from outreach.signing import read_signups
from outreach.signup import Form, keep

SENTENCES = {
    ("name", "missing"): "name_missing",
    ("email", "missing"): "email_missing",
    ("email", "not an address"): "email_wrong",
    ("country", "unknown"): "country_unknown",
    ("token", "old"): "old",
    ("form", "elsewhere"): "elsewhere",
    ("form", "failed"): "failed",
}


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the page in the first language that the reader and the campaign share."""
    found = _public(slug)
    wanted = [each for each, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    language = choose(wanted, found.languages, found.default_language).language
    response = redirect("campaign-in", slug=slug, language=language)
    patch_vary_headers(response, ["Accept-Language"])
    patch_cache_control(response, public=True, max_age=60)
    return response


@require_safe
def campaign_in(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The page, as everybody gets it."""
    return kept(request, slug, language, PAGE)


@require_safe
def count_in(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The part of the page that says how many have signed, for a script that renews it."""
    return kept(request, slug, language, COUNT)


def kept(request: HttpRequest, slug: str, language: str, kind: Kind) -> HttpResponse:
    """A kept page, or 304 for who has it already. Raises Http404."""
    page = page_of(slug, language, kind)
    if page is None:
        raise Http404
    if page.tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(page.body)
    response.headers["ETag"] = page.tag
    patch_cache_control(response, public=True, max_age=kind.max_age)
    return response


@require_safe
def count_of(request: HttpRequest, slug: str) -> HttpResponse:
    """How many have signed and confirmed."""
    response = JsonResponse({"campaign": slug, "signatures": count(_public(slug).pk)})
    patch_cache_control(response, public=True, max_age=1)
    return response


@never_cache
@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """A proof of work to be found, while an alarm stands over the campaign; nothing is kept of having asked."""
    found = _public(slug)
    if not Alarm.objects.over(found).exists():
        raise Http404
    return JsonResponse(proof_of_work.challenge(slug, moment.now()))


@csrf_exempt
@never_cache
@require_POST
def sign(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Keep the form, or show it again with all that is wrong; what was typed is not lost.

    No cookie says who somebody is, so there is nothing that another site could do in their name; a form that a browser
    says is from elsewhere is refused all the same, and ours bears a seal.
    """
    wrong = keep_or_again(request, signable(slug, language), language, PAGE)
    return wrong or redirect("signed", slug=slug, language=language)


def keep_or_again(request: HttpRequest, found: Campaign, language: str, kind: Kind) -> HttpResponse | None:
    """None once the form is kept, or the page of that kind again, with what is wrong."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _again(request, found, language, kind, (Wrong("form", "long"),), status=413)
    now = moment.now()
    if is_from_another_site(request.META):
        return _again(request, found, language, kind, (Wrong("form", "elsewhere"),))
    said = {**request.POST.dict(), "source": kind.name}
    form = read(said, found.slug, language, found.asking(), now)
    if not isinstance(form, Form):
        return _again(request, found, language, kind, form)
    try:
        keep(found.pk, form, network_of(came_from(request.META), now), now)
    except (OperationalError, InterfaceError):
        return _again(request, found, language, kind, (Wrong("form", "failed"),), status=503)
    give_hint(read_signups)
    return None


@require_safe
def signed(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The same for everybody who signs, whatever we think of it."""
    return render(request, "public/signed.html", context_of(signable(slug, language), language))


def _again(
    request: HttpRequest, found: Campaign, language: str, kind: Kind, wrong: tuple[Wrong, ...], status: int = 422
) -> HttpResponse:
    context: dict[str, Any] = context_of(found, language, kind)
    sign = context["sign"]
    seen = dict.fromkeys((each.field, SENTENCES.get((each.field, each.problem), "too_long")) for each in wrong)
    sentences = {AGE: context["consent"].age_missing}
    context["problems"] = [(_place(field), sentences.get(field) or getattr(sign, name)) for field, name in seen]
    if status != 413:
        typed = (*TYPED, *found.asking().purposes, AGE)
        context["typed"] = {field: request.POST.get(field, "")[:400] for field in typed}
    return render(request, kind.template, context, status=status)


def _place(field: str) -> str:
    """Where on the page the field is; what has none is by the button."""
    return field if field in (*TYPED, AGE) else "press"


def _public(slug: str) -> Campaign:
    return get_object_or_404(Campaign, slug=slug, published_at__isnull=False)


def signable(slug: str, language: str) -> Campaign:
    """The published campaign. Raises Http404 if there is none, or it does not speak that language."""
    found = _public(slug)
    if language not in found.languages:
        raise Http404
    return found
