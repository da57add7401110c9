"""More time, and demands taken back: for a campaign, or for one addressee."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.appeal import Appeals
from campaigns.campaign import Campaign
from campaigns.folder.values import Wrong, patience
from campaigns.holder_change import change_holder
from campaigns.intervention import Intervention, NotPossible, extend, withdraw
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.frame import show
from outreach.dashboard.words import counted, some

NEWEST = 12
SAID = {
    Intervention.Kind.EXTENDED: "More time given to",
    Intervention.Kind.WITHDRAWN: "Demands taken back from",
    Intervention.Kind.CARRIED: "New holder, the clock goes on:",
    Intervention.Kind.RESTARTED: "New holder, the step's time begins anew:",
    Intervention.Kind.ZONE: "Kept to the end of its day:",
}


class Deed(NamedTuple):
    """What was changed at one moment, for one appeal or for many."""

    at: datetime
    author: str
    said: str
    reason: str


def deeds(campaign: Campaign) -> list[Deed]:
    """The newest first: what people changed in the time of appeals."""
    rows = campaign.interventions.select_related("appeal__addressee").order_by("-at", "kind", "author", "id")
    together = groupby(rows[: NEWEST * 20], key=lambda each: (each.at, each.kind, each.author, each.reason))
    return [
        Deed(at, by, f"{SAID[Intervention.Kind(kind)]} {_whom(list(found))}", reason)
        for (at, kind, by, reason), found in together
    ][:NEWEST]


@page
def time(request: HttpRequest, slug: str) -> HttpResponse:
    return _form(request, campaign_of(request, slug), request.GET.get("addressee", ""))


@deed
def give_time(request: HttpRequest, slug: str) -> HttpResponse:
    def act(appeals: Appeals, said: dict[str, str]) -> str:
        span, why = patience(said["span"]), said["reason"]
        number = extend(appeals, span, reason=why, author=author(request), now=moment.now())
        return f"{counted(number, 'deadline')} moved: {said['span'].strip()} later."

    return _do(request, slug, ("span", "reason"), act)


@deed
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    def act(appeals: Appeals, said: dict[str, str]) -> str:
        if said["sure"] != "yes":
            raise NotPossible("Say that you are sure: it cannot be undone", "sure")
        number = withdraw(appeals, reason=said["why"], author=author(request), now=moment.now())
        return f"The demands are taken back from {counted(number, 'addressee')}."

    return _do(request, slug, ("why", "sure"), act)


@page
def holder(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return _holder_form(request, campaign, _member(campaign, key), {})


@deed
def new_holder(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    office = _member(campaign, key)
    said = {name: request.POST.get(name, "") for name in ("holder", "salutation", "reason")}
    known: dict[str, Any] = {"reason": said["reason"], "author": author(request), "now": moment.now()}
    try:
        change = change_holder(office, said["holder"], said["salutation"], **known)
    except NotPossible as problem:
        return _holder_form(request, campaign, office, said, [(problem.field or "holder", str(problem))])
    messages.success(request, f"{office.name}: {change}. The next letter says so.")
    return redirect("conversation", slug=slug, key=key)


def _do(
    request: HttpRequest, slug: str, fields: tuple[str, ...], act: Callable[[Appeals, dict[str, str]], str]
) -> HttpResponse:
    """Do it for the addressee that is named, or for all; or show the form again with what is wrong."""
    campaign, key = campaign_of(request, slug), request.POST.get("addressee", "")
    said = {name: request.POST.get(name, "") for name in fields}
    appeals: Appeals = campaign.appeals.all()
    if key:
        appeals = appeals.filter(addressee=_asked(campaign, key))
    try:
        told = act(appeals, said)
    except Wrong as problem:
        return _form(request, campaign, key, said, [("span", str(problem))])
    except NotPossible as problem:
        field = {"reason": fields[0] if "why" in fields else "reason"}.get(problem.field, problem.field) or fields[0]
        return _form(request, campaign, key, said, [(field, str(problem))])
    messages.success(request, told)
    return redirect("conversation", slug=slug, key=key) if key else redirect("board", slug=slug)


def _form(
    request: HttpRequest,
    campaign: Campaign,
    key: str,
    said: dict[str, str] | None = None,
    problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "whom": _asked(campaign, key) if key else None,
        "said": {"span": "2 days", "reason": "", "why": "", "sure": ""} | (said or {}),
        "problems": problems or [],
        "running": campaign.appeals.filter(status="waiting", due_at__isnull=False).count(),
    }
    title = "More time, or no more"
    return show(request, "time.html", campaign, title=title, status=422 if problems else 200, **context)


def _holder_form(
    request: HttpRequest,
    campaign: Campaign,
    office: Addressee,
    said: dict[str, str],
    problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    known = {"holder": office.holder, "salutation": office.salutation, "reason": ""}
    context: dict[str, Any] = {
        "office": office,
        "said": known | said,
        "problems": problems or [],
        "rule": campaign.fairness.get("holder_change", "carry"),
    }
    return show(request, "holder.html", campaign, title="Who holds it", status=422 if problems else 200, **context)


def _asked(campaign: Campaign, key: str) -> Addressee:
    return get_object_or_404(Addressee, appeals__campaign=campaign, key=key)


def _member(campaign: Campaign, key: str) -> Addressee:
    return get_object_or_404(Addressee.objects.filter(memberships__group__campaign=campaign).distinct(), key=key)


def _whom(found: list[Intervention]) -> str:
    return some([each.appeal.addressee.name for each in found], "addressees")
