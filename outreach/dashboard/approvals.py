"""What must be approved before it goes: a list, and for each step one page with all that would be sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.approval import Approval
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from outreach import approving
from outreach.approving import Ask, NotApprovable
from outreach.dashboard.door import campaign_of, deed, page, person
from outreach.dashboard.expected import what
from outreach.dashboard.frame import show
from outreach.roles import may_approve
from outreach.specimen import Kind, specimens

LATELY = 50


@page
def approvals(request: HttpRequest, slug: str) -> HttpResponse:
    """What lacks approval, the most urgent first; below it who approved what."""
    campaign = campaign_of(request, slug)
    newest = Approval.objects.filter(step__campaign=campaign).order_by("-at").prefetch_related("appeals__addressee")
    given = list(newest.select_related("step__campaign")[:LATELY])
    return show(
        request,
        "approvals.html",
        campaign,
        title="Approvals",
        tab="approvals",
        asks=approving.asks(campaign, moment.now()),
        given=given,
        current=approving.current(given),
    )


@page
def approval(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return _show(request, campaign, step)


@deed
def approve_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    try:
        approving.approve(campaign, step, person(request), seen=request.POST.get("seen", ""), now=moment.now())
    except NotApprovable as problem:
        return _show(request, campaign, step, 409, problems=[("approve", str(problem))])
    messages.success(request, "Approved, exactly as you saw it.")
    return redirect("approvals", slug=slug)


@deed
def take_back_approval(request: HttpRequest, slug: str, approval_id: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    found = get_object_or_404(Approval.objects.filter(step__campaign=campaign), pk=approval_id)
    try:
        approving.take_back(found, person(request), moment.now())
        messages.success(request, "Taken back: the step waits until somebody approves it again.")
    except NotApprovable as problem:
        messages.error(request, str(problem))
    return redirect("approvals", slug=slug)


def _show(request: HttpRequest, campaign: Campaign, step: str, status: int = 200, **context: Any) -> HttpResponse:
    found = get_object_or_404(campaign.steps, key=step)
    ask, user = approving.ask_for(campaign, step, moment.now()), person(request)
    context |= {
        "step": found,
        "ask": ask,
        "kinds": _kinds(campaign, ask) if ask else [],
        "yes": approving.approvers_of(ask) if ask else [],
        "may_approve": may_approve(user),
        "has_approved": ask is not None and approving.has_approved(user, ask),
        "title_of": title_of,
    }
    return show(request, "approval.html", campaign, title="Approve a step", tab="approvals", status=status, **context)


def _kinds(campaign: Campaign, ask: Ask) -> list[Kind]:
    return specimens(edition_of(campaign), ask.step.rung(), [appeal.addressee.key for appeal in ask.appeals])


def title_of(kind: Kind) -> str:
    """What such messages are called, and to how many they go."""
    dispatch = kind.dispatch
    name = "Message to supporters of the silent" if dispatch.of_the_silent else what(dispatch.audience, kind.channel)
    prefix = f"Reminder {kind.reminder}: " if kind.reminder else ""
    return f"{prefix}{name}{f' of {kind.number:,}' if kind.number and name.endswith('each') else ''}"
