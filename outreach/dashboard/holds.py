"""The brake: holding a campaign, a step, a channel or an addressee, and letting go again."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold, NotHoldable
from campaigns.mailing import Mailing
from campaigns.publication import resume as resume_campaign
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.frame import show
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import counted


@page
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the holds that stand."""
    return _form(request, campaign_of(request, slug), {"on": request.GET.get("on", "campaign")})


@deed
def place_hold(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    said = {name: request.POST.get(name, "") for name in ("on", "reason", "until")}
    try:
        until = local_moment(said["until"], campaign.zone)
    except ValueError:
        return _form(request, campaign, said, [("until", "Give the day and the time, as in 2023-05-10 09:00")])
    on = _named(campaign, said["on"])
    if on is None:
        return _form(request, campaign, said, [("on", "Choose what to hold")])
    try:
        placed = Hold.objects.place(
            reason=said["reason"], author=author(request), now=moment.now(), until=until, **{"campaign": campaign, **on}
        )
    except NotHoldable as problem:
        field = "until" if until is not None and until <= moment.now() and said["reason"].strip() else "reason"
        return _form(request, campaign, said, [(field, str(problem))])
    messages.success(request, f"On hold: {placed.what()}. Nothing of it leaves until the hold is lifted.")
    return redirect("board", slug=slug)


@deed
def lift_hold(request: HttpRequest, slug: str, hold_id: UUID) -> HttpResponse:
    campaign = campaign_of(request, slug)
    standing = get_object_or_404(Hold.objects.over(campaign), pk=hold_id)
    if standing.lift(moment.now(), author(request)):
        messages.success(request, f"Lifted: {standing.what()}. Its clock goes on with the time that was left.")
    return redirect("board", slug=slug)


@deed
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Lift every hold on the campaign as a whole."""
    lifted = resume_campaign(campaign_of(request, slug), author=author(request), now=moment.now())
    messages.success(request, f"{counted(lifted, 'hold')} lifted. The clock goes on with the time that was left.")
    return redirect("board", slug=slug)


def local_moment(said: str, zone: ZoneInfo) -> datetime | None:
    """A day and time on the campaign's clock; None if nothing was said. ValueError if it cannot be read."""
    return datetime.fromisoformat(said.strip()).replace(tzinfo=zone) if said.strip() else None


def _named(campaign: Campaign, on: str) -> dict[str, Any] | None:
    """What a choice of the form means for a hold; None if it names nothing."""
    kind, _, key = on.partition(":")
    if kind == "campaign":
        return {}
    if kind == "step":
        step = campaign.steps.filter(key=key).first()
        return {"step": step} if step else None
    if kind == "mailing":
        mailing = campaign.mailings.filter(key=key).first()
        return {"mailing": mailing} if mailing else None
    if kind == LETTERS:
        return {"channel": LETTERS}
    if kind == "channel":
        return {"channel": key} if key in channels_of(campaign) else None
    asked = Addressee.objects.filter(memberships__group__campaign=campaign, key=key).first()
    return {"addressee": asked} if kind == "addressee" and asked else None


def channels_of(campaign: Campaign) -> list[str]:
    """The channels its ladder uses, in that order."""
    ladder = campaign.ladder()
    dispatches = (dispatch for rung in ladder for dispatch in rung.dispatches)
    return list(dict.fromkeys(channel for dispatch in dispatches for channel in dispatch.channels))


def _form(
    request: HttpRequest, campaign: Campaign, said: dict[str, str], problems: list[tuple[str, str]] | None = None
) -> HttpResponse:
    asked = Addressee.objects.filter(memberships__group__campaign=campaign).distinct()
    return show(
        request,
        "hold.html",
        campaign,
        title="Hold",
        status=422 if problems else 200,
        problems=problems or [],
        said={"on": "campaign", "reason": "", "until": "", **said},
        addressees=asked,
        channels=channels_of(campaign),
        mailings=campaign.mailings.exclude(state__in=[Mailing.State.DRAFT, Mailing.State.STOPPED]),
        holds=Scene(campaign, moment.now()).holds,
    )
