"""Coming in, by password or by a link that works once, and going out."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from outreach.attempts import are_too_many, note_wrong
from outreach.dashboard.frame import show
from outreach.sign_in import SignInLink

BACKEND = "django.contrib.auth.backends.ModelBackend"
WRONG = "This name and password do not belong together, or you are not on the staff"
PATIENCE = "There were many wrong passwords. Try again in a quarter of an hour"
IS_OVER = "This link has been used already, or is more than a day old. Sign in with a password, or ask for a new link."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By name and password."""
    if request.method != "POST":
        return _form(request)
    name, address = request.POST.get("name", "").strip(), request.META.get("REMOTE_ADDR", "")
    if are_too_many(name, address):
        return _form(request, [("name", PATIENCE)], 429)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None or not user.is_staff:
        note_wrong(name, address)
        return _form(request, [("name", WRONG)], 422)
    login(request, user)
    return redirect(_next(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """By a link that works once. Opening it changes nothing, so a scanner that follows it does no harm."""
    real_now = datetime.now(UTC)
    if request.method != "POST":
        is_open = SignInLink.is_open(secret, real_now)
        return show(request, "sign_in_link.html", title="Sign in", status=200 if is_open else 410, is_open=is_open)
    user = SignInLink.use(secret, real_now)
    if user is None or not user.is_staff:
        return show(request, "sign_in_link.html", title="Sign in", status=410, is_open=False)
    login(request, user, backend=BACKEND)
    return redirect("campaigns")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGIN_URL)


def _form(request: HttpRequest, problems: list[tuple[str, str]] | None = None, status: int = 200) -> HttpResponse:
    said = request.POST.get("name", "")
    return show(
        request,
        "sign_in.html",
        title="Sign in",
        status=status,
        problems=problems or [],
        said=said,
        next=_next(request, ""),
    )


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else otherwise
