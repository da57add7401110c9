"""Signatures: where they come from, whom a batch would take out, what was taken out, and who got no mail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.invalidation import Invalidation, begin_invalidation, preview
from campaigns.signature import Signature
from campaigns.suspects import NoSuspects, Suspects
from outreach.alarm import Alarm, end_alarms, raise_alarm
from outreach.batches import carry_out_batches
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.frame import show
from outreach.dashboard.holds import local_moment
from outreach.dashboard.words import counted
from outreach.hint import give_hint
from outreach.notify import send_notices
from outreach.origins import SHOWN, origins, sources
from outreach.release import held, preview_release, release

WORDS = ("domain", "network", "marked", "name", "mailbox")
INSTANTS = ("since", "until")
HOURS = 24
LOOK, TAKE_OUT, SEND = "look", "take-out", "send"


@page
def signatures(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it. `?domain=…` or `?network=…` fills in the form."""
    said = {name: request.GET.get(name, "")[:253] for name in ("domain", "network")}
    return _page(request, campaign_of(request, slug), said)


@deed
def act_on_signatures(request: HttpRequest, slug: str) -> HttpResponse:
    """Look whom is meant, which changes nothing; take them out; or let those have their mail who got none."""
    campaign, now = campaign_of(request, slug), moment.now()
    said = {name: request.POST.get(name, "").strip() for name in (*WORDS, *INSTANTS, "reason")}
    do = request.POST.get("do", LOOK)
    try:
        suspects = _suspects(said, campaign)
        seen, unwritten = preview(campaign, suspects, now), preview_release(campaign, suspects, now)
        if do == LOOK:
            return _page(request, campaign, said, seen=seen, unwritten=unwritten)
        if not said["reason"]:
            problems = [("reason", "Say why: it is kept, and whoever undoes it reads it")]
            return _page(request, campaign, said, problems, seen=seen, unwritten=unwritten)
        if do == SEND:
            return _send(request, campaign, suspects, said["reason"], now)
        return _take_out(request, campaign, suspects, said["reason"], now)
    except NoSuspects as problem:
        return _page(request, campaign, said, [("domain", str(problem))])
    except ValueError:
        return _page(request, campaign, said, [("since", "Give the day and the time, as in 2023-05-10 09:00")])


@deed
def undo_batch(request: HttpRequest, slug: str, batch_id: UUID) -> HttpResponse:
    """Each signature counts or waits again, as it did; a worker puts them back."""
    campaign = campaign_of(request, slug)
    batch = get_object_or_404(Invalidation, campaign=campaign, pk=batch_id)
    if batch.begin_undoing(author(request), moment.now()):
        give_hint(carry_out_batches)
        messages.success(request, f"{counted(batch.number, 'signature')} will be as they were.")
    return redirect("signatures", slug=slug)


@deed
def sound_alarm(request: HttpRequest, slug: str) -> HttpResponse:
    campaign, reason = campaign_of(request, slug), request.POST.get("alarm-reason", "").strip()
    if not reason:
        return _page(request, campaign, {}, [("alarm-reason", "Say why: others will wonder")])
    if raise_alarm(campaign, reason=reason, author=author(request), now=moment.now()):
        messages.success(request, "The form asks for a proof of work from now on.")
    return redirect("signatures", slug=slug)


@deed
def end_alarm(request: HttpRequest, slug: str) -> HttpResponse:
    if end_alarms(campaign_of(request, slug), author=author(request), now=moment.now()):
        messages.success(request, "The alarm is over. None begins by itself for an hour.")
    return redirect("signatures", slug=slug)


def _take_out(request: HttpRequest, campaign: Campaign, suspects: Suspects, reason: str, now: datetime) -> HttpResponse:
    batch = begin_invalidation(campaign, suspects, reason=reason, author=author(request), now=now)
    give_hint(carry_out_batches)
    messages.success(request, f"{counted(batch.meant, 'signature')} will be taken out. The count follows.")
    return redirect("signatures", slug=campaign.slug)


def _send(request: HttpRequest, campaign: Campaign, suspects: Suspects, reason: str, now: datetime) -> HttpResponse:
    kept = release(campaign, suspects, reason=reason, author=author(request), now=now)
    give_hint(send_notices)
    messages.success(request, f"{counted(kept.number, 'person', 'people')} will get the mail that asks to confirm.")
    return redirect("signatures", slug=campaign.slug)


def _suspects(said: dict[str, str], campaign: Campaign) -> Suspects:
    since, until = (local_moment(said[name], campaign.zone) for name in INSTANTS)
    return Suspects(since=since, until=until, **{name: said[name] for name in WORDS})


def _page(
    request: HttpRequest,
    campaign: Campaign,
    said: dict[str, str],
    problems: list[tuple[str, str]] | None = None,
    **more: Any,
) -> HttpResponse:
    now = moment.now()
    return show(
        request,
        "signatures.html",
        campaign,
        title="Signatures",
        tab="signatures",
        status=422 if problems else 200,
        problems=problems or [],
        said={**dict.fromkeys((*WORDS, *INSTANTS, "reason"), ""), **said},
        numbers=_numbers(campaign),
        alarms=Alarm.objects.over(campaign),
        sources=sources(origins(campaign, now, HOURS), now, HOURS)[:SHOWN],
        batches=campaign.invalidations.all(),
        releases=campaign.releases.all(),
        **{"seen": None, "unwritten": None, **more},
    )


def _numbers(campaign: Campaign) -> dict[str, int]:
    """Signatures by how they stand; `unwritten`: nobody was asked to confirm them; `marked`: by their marks."""
    rows = Signature.objects.filter(campaign=campaign).order_by()
    state = Signature.State
    counted: dict[str, int] = rows.aggregate(
        confirmed=Count("pk", filter=Q(state=state.CONFIRMED)),
        pending=Count("pk", filter=Q(state=state.PENDING)),
        invalidated=Count("pk", filter=Q(state=state.INVALIDATED)),
    )
    return {**counted, "unwritten": held(campaign).count()}
