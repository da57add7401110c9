"""The form for signing in a frame on another site that the campaign names: without a cookie, and without a script."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from outreach.public.kept_page import EMBED, context_of
from outreach.public.signing_pages import keep_or_again, kept, signable

SCRIPT = Path(__file__).parents[1] / "static" / "embed.js"
HOUR = 3600


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """GET shows the form, as everybody gets it; POST signs, as on the campaign's page."""
    if request.method == "POST":
        return sign(request, slug, language)
    return _framed(kept(request, slug, language, EMBED), signable(slug, language).embed)


@never_cache
def sign(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Keep the form, or show it again in the frame with all that is wrong."""
    campaign = signable(slug, language)
    wrong = keep_or_again(request, campaign, language, EMBED)
    return _framed(wrong or redirect("embed-signed", slug=slug, language=language), campaign.embed)


@require_safe
def signed(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The same for everybody who signs in the frame."""
    campaign = signable(slug, language)
    return _framed(render(request, "public/embed_signed.html", context_of(campaign, language)), campaign.embed)


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """What a site may put on its page so that the frame is as high as what is in it. Any site may load it."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


@cache
def _script() -> bytes:
    return SCRIPT.read_bytes()


def _framed(response: HttpResponse, sites: list[str]) -> HttpResponse:
    response.framed_by = tuple(sites)  # type: ignore[attr-defined]
    response.xframe_options_exempt = bool(sites)
    return response
