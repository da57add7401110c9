"""Who may enter a page, and how: pages are looked at with GET, deeds are done with POST."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.campaign import Campaign
from outreach.dashboard.frame import show
from outreach.roles import may_change

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ONLY_LOOKING = "Your role lets you look at everything and change nothing. An organiser, approver or owner can do this."
NOT_STAFF = "These pages are for the staff of a campaign. Ask the owner to let you in."


def page(view: View[P]) -> View[P]:
    """A page for staff. Somebody who is not signed in is asked to; GET and HEAD only."""
    return never_cache(require_safe(for_staff(view)))


def deed(view: View[P]) -> View[P]:
    """Something that changes something: POST only, by staff whose role allows it."""

    @wraps(view)
    def allowed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if may_change(request.user) else refused(request, ONLY_LOOKING)

    return never_cache(require_POST(for_staff(allowed)))


def person(request: HttpRequest) -> User:
    """Who is signed in, behind one of these doors."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def author(request: HttpRequest) -> str:
    """The name that stands beside what this person records."""
    user = person(request)
    return user.get_full_name() or user.get_username()


def campaign_of(request: HttpRequest, slug: str) -> Campaign:
    """The campaign, if this person may see it; with its steps and demands at hand."""
    visible = Campaign.objects.visible_to(person(request)).prefetch_related("steps", "demands")
    return get_object_or_404(visible, slug=slug)


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    return show(request, "refused.html", title="Not allowed", status=403, sentence=sentence)


def for_staff(view: View[P]) -> View[P]:
    """Whoever is not signed in is asked to."""

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_staff and request.user.is_active:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return refused(request, NOT_STAFF)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)  # a page that updates itself keeps what it shows
        return redirect_to_login(request.get_full_path())

    return entered
