"""Mailings: the list, writing one, and the page of one with its letters, its numbers and what can be done with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from redis.exceptions import RedisError

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.contest import smallest_difference
from campaigns.hold import NotHoldable
from campaigns.mailing import Mailing
from campaigns.posture import Posture
from campaigns.segment import Unsuited
from campaigns.words.problem import Unfit
from outreach.dashboard.door import author, campaign_of, deed, page, person
from outreach.dashboard.frame import show
from outreach.dashboard.holds import local_moment
from outreach.dashboard.html_part import framed
from outreach.dashboard.mailing_form import blank, draft_in, field_of, filled, letters_of, said_in
from outreach.dashboard.progress import SHOWN
from outreach.delivery import Delivery
from outreach.mailings import steering
from outreach.mailings.audience import Audience, audience, samples
from outreach.mailings.contest import interval_in_words, verdict_of
from outreach.mailings.draft import write
from outreach.mailings.numbers import Numbers, numbers_of
from outreach.mailings.sample import sample, send_test
from outreach.mailings.steering import NotNow
from outreach.roles import may_approve

PACE = 5  # seconds between two looks at the numbers, at the least
AT_ONCE = 20  # mailings on one page
COUNTED = 15  # seconds
LOOKED_AT = 50_000  # letters for which one more second lies between
RATE = 0.05  # of readers who act, to say beforehand what a test could show
State = Mailing.State


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the funnel: per cent of what is planned."""

    state: str
    said: str
    count: int
    share: float
    tone: str


@page
def mailings(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    shown = Paginator(campaign.mailings.select_related("campaign"), AT_ONCE).get_page(request.GET.get("page"))
    found = [(each, _lately(each)) for each in shown]
    return show(request, "mailings.html", campaign, title="Mailings", tab="mailings", found=found, shown=shown)


@page
def new_mailing(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return _form(request, campaign, blank(campaign))


@page
def edit_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return _form(request, campaign_of(request, slug), filled(_find(request, slug, key)), is_new=False)


@deed
def write_mailing(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft, or one that is changed."""
    campaign, said = campaign_of(request, slug), said_in(request.POST)
    try:
        mailing = write(campaign, draft_in(said, campaign), author(request), moment.now())
    except Unsuited as problem:
        return _form(request, campaign, said, [(field_of(problem, campaign), str(problem))])
    messages.success(request, "Kept as a draft. Look at it below; nothing leaves before you let it go.")
    return redirect("mailing", slug=slug, key=mailing.key)


@page
def mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return _show(request, _find(request, slug, key))


@page
def mailing_html(request: HttpRequest, slug: str, key: str, wording: str, language: str) -> HttpResponse:
    try:
        return framed(sample(_find(request, slug, key), wording, language, moment.now()).html)
    except (Unfit, KeyError):
        raise Http404 from None


@deed
def plan_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = _find(request, slug, key)
    try:
        at = local_moment(request.POST.get("at", ""), found.campaign.zone)
        steering.plan(found, at, moment.now())
    except NotNow as problem:
        return _show(request, found, 409, problems=[("at", str(problem))])
    except ValueError:
        return _show(request, found, 422, problems=[("at", "Give the day and the time, as in 2026-05-10 09:00")])
    said = "It begins at its time." if found.at and found.at > moment.now() else "It begins now."
    lacking = " It waits for approval." if found.lacking() else ""
    messages.success(request, f"{said}{lacking}")
    return redirect("mailing", slug=slug, key=key)


@deed
def unplan_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return _done(request, slug, key, "A draft again.", lambda found: steering.take_back(found))


@deed
def stop_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = _find(request, slug, key)
    try:
        steering.stop(found, request.POST.get("reason", ""), author(request), moment.now())
    except NotNow as problem:
        return _show(request, found, 409, problems=[("reason", str(problem))])
    messages.success(request, "Stopped. What is on the wire just now may still arrive.")
    return redirect("mailing", slug=slug, key=key)


@deed
def hold_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = _find(request, slug, key)
    try:
        steering.hold(found, request.POST.get("why", ""), author(request), moment.now())
    except NotHoldable as problem:
        return _show(request, found, 422, problems=[("why", str(problem))])
    messages.success(request, "On hold: nothing of it leaves until the hold is lifted.")
    return redirect("mailing", slug=slug, key=key)


@deed
def approve_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    seen = request.POST.get("seen", "")
    said = "Approved, exactly as you saw it."
    return _done(request, slug, key, said, lambda found: steering.approve(found, person(request), seen, moment.now()))


@deed
def unapprove_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    user, said = person(request), "Your approval is taken back."
    return _done(request, slug, key, said, lambda found: steering.take_back_approval(found, user, moment.now()))


@deed
def test_mailing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A sample to one's own address."""
    found = _find(request, slug, key)
    wording, _, language = request.POST.get("letter", "").partition(" ")
    try:
        said = send_test(found, wording, language, request.POST.get("to", "").strip(), moment.now())
    except Unsuited as problem:
        return _show(request, found, 422, problems=[("to", str(problem))])
    except (Unfit, KeyError) as problem:
        return _show(request, found, 422, problems=[("letter", f"This letter cannot be written: {problem}")])
    messages.success(request, said)
    return redirect("mailing", slug=slug, key=key)


def _find(request: HttpRequest, slug: str, key: str) -> Mailing:
    return get_object_or_404(campaign_of(request, slug).mailings.select_related("campaign"), key=key)


def _done(request: HttpRequest, slug: str, key: str, said: str, what: Any) -> HttpResponse:
    try:
        what(_find(request, slug, key))
        messages.success(request, said)
    except NotNow as problem:
        messages.error(request, str(problem))
    return redirect("mailing", slug=slug, key=key)


def _form(
    request: HttpRequest,
    campaign: Campaign,
    said: dict[str, Any],
    problems: list[tuple[str, str]] | None = None,
    *,
    is_new: bool = True,
) -> HttpResponse:
    return show(
        request,
        "mailing_form.html",
        campaign,
        title="Write a mailing",
        tab="mailings",
        status=422 if problems else 200,
        problems=problems or [],
        said=said,
        is_new=is_new,
        letters=letters_of(said),
        postures=list(Posture),
        measures=Mailing.Measure.values,
    )


def _show(request: HttpRequest, found: Mailing, status: int = 200, **context: Any) -> HttpResponse:
    now, user = moment.now(), person(request)
    is_whole = "HX-Request" not in request.headers  # the page asks only for its numbers again
    numbers = numbers_of(found)
    reach = audience(found, now) if is_whole or found.state == State.PLANNED else None
    is_moving = found.state in (State.PLANNED, State.COMPOSING, State.TESTING) or numbers[""].is_moving
    context |= {
        "it": found,
        "reach": reach,
        "test_shows": _test_shows(found, reach) if reach else None,
        "samples": list(samples(found, now)) if is_whole else [],
        "numbers": numbers[""],
        "bars": _bars(numbers[""]),
        "of_wordings": [(name, numbers[name]) for name in found.wordings],
        "contest": verdict_of(found, now),
        "in_words": interval_in_words,
        "holds": steering.standing_holds(found, now),
        "content": found.content(),
        "lacking": found.lacking(),
        "yes": list(found.standing_approvals()),
        "has_approved": found.standing_approvals().filter(approver=user).exists(),
        "may_approve": may_approve(user),
        "own_address": user.email,
        "is_live": is_moving and request.GET.get("live") != "off",
        "pace": max(PACE, numbers[""].planned // LOOKED_AT),
    }
    return show(request, "mailing.html", found.campaign, title=found.title, tab="mailings", status=status, **context)


def _lately(found: Mailing) -> Numbers:
    """Of one among many: counted anew a few times a minute at most."""
    try:
        return cache.get_or_set(f"mailing:{found.pk}", lambda: numbers_of(found)[""], COUNTED) or Numbers()
    except RedisError:
        return numbers_of(found)[""]


def _bars(numbers: Numbers) -> list[Bar]:
    def bar(state: str, count: int, tone: str, said: str = "") -> Bar:
        return Bar(state, said, count, round(100 * count / numbers.planned, 2) if numbers.planned else 0, tone)

    states = numbers.states
    rest = [bar(state.value, states[state], tone) for state, tone in SHOWN if states[state]]
    return [
        bar("planned", numbers.planned, ""),
        bar("due", numbers.waiting, "", "On the way"),
        bar("sent", numbers.sent, ""),
        bar("delivered", states[Delivery.State.DELIVERED], "good"),
        *rest,
        bar("refusal", numbers.complained, "bad", "Complained"),
        bar("suppressed", numbers.unsubscribed, "", "Unsubscribed"),
    ]


def _test_shows(found: Mailing, reach: Audience) -> float | None:
    """The smallest difference, in per cent, that the test would show if one in twenty acts; None without a test."""
    if not found.is_contest:
        return None
    share = (found.test_share or 100) / 100 / len(found.wordings)
    return 100 * smallest_difference(int(reach.number * share), RATE)
