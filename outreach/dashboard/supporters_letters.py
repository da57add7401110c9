"""Letters of supporters: what waits for whom, what has left, and what a person has to settle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold, NotHoldable
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.frame import show
from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.letter import Letter
from outreach.letters.lines import letter_holds
from outreach.letters.mailbag import Mailbag
from outreach.letters.manner import office_wants
from outreach.letters.overview import overview

LATELY = 50
TITLES = {
    Letter.State.WRITTEN: "not confirmed yet",
    Letter.State.CONFIRMED: "wait for their turn",
    Letter.State.TAKEN: "have left",
    Letter.State.DOUBLED: "second ones, which never leave",
    Letter.State.WITHDRAWN: "taken back",
    Letter.State.EXPIRED: "never confirmed",
    Letter.State.REFUSED: "refused",
    Letter.State.ERASED: "erased before they left",
}


@page
def supporters_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Addressee by addressee, and the messages that left lately."""
    return _show(request, campaign_of(request, slug))


@deed
def hold_letters(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep letters to one addressee from leaving; no clock stands still for it."""
    campaign = campaign_of(request, slug)
    office, said = _office(campaign, key), request.POST.get("reason", "")
    try:
        placed = Hold.objects.place(
            campaign=campaign, addressee=office, channel=LETTERS, reason=said, author=author(request), now=moment.now()
        )
    except NotHoldable as problem:
        return _show(request, campaign, [(f"reason-{office.key}", str(problem))])
    messages.success(request, f"On hold: {placed.what()}. They wait until the hold is lifted.")
    return redirect("supporters-letters", slug=slug)


@deed
def release_letters(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    office, now = _office(campaign, key), moment.now()
    holds = letter_holds(campaign, now)
    standing = holds.get(office.pk) or holds.get(None)
    if standing and standing.lift(now, author(request)):
        messages.success(request, f"Lifted: {standing.what()}.")
    return redirect("supporters-letters", slug=slug)


@deed
def letters_manner(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An office wants letters together only, or as usual."""
    office, digests_only = _office(campaign_of(request, slug), key), request.POST.get("digests_only") == "yes"
    office_wants(office, digests_only=digests_only)
    said = "letters together only" if digests_only else "a few letters one by one, and the rest together"
    messages.success(request, f"{office.name} gets {said}.")
    return redirect("supporters-letters", slug=slug)


@deed
def settle_mailbag(request: HttpRequest, slug: str, mailbag_id: UUID) -> HttpResponse:
    """It arrived, or it goes once more."""
    campaign = campaign_of(request, slug)
    bag = get_object_or_404(Mailbag.objects.filter(campaign=campaign), pk=mailbag_id)
    try:
        if request.POST.get("do") == "arrived":
            arrived(bag, by=author(request), now=moment.now())
            messages.success(request, "Settled: it arrived.")
        else:
            send_once_more(bag, by=author(request), now=moment.now())
            messages.success(request, "It leaves once more, when its turn comes.")
    except NotPossible as reason:
        return _show(request, campaign, [(f"bag-{bag.pk}", str(reason))])
    return redirect("supporters-letters", slug=slug)


def _office(campaign: Campaign, key: str) -> Addressee:
    return get_object_or_404(Addressee.objects.filter(letters__campaign=campaign).distinct(), key=key)


def _show(request: HttpRequest, campaign: Campaign, problems: list[tuple[str, str]] | None = None) -> HttpResponse:
    bags = Mailbag.objects.filter(campaign=campaign).select_related("addressee").order_by("-created_at", "id")
    to_settle = (Mailbag.State.UNKNOWN, *Mailbag.DID_NOT_ARRIVE)
    inside = Letter.objects.filter(state=Letter.State.TAKEN, wiped_at=None).values("mailbag")
    return show(
        request,
        "letters.html",
        campaign,
        title="Letters of supporters",
        tab="supporters-letters",
        status=422 if problems else 200,
        problems=problems or [],
        seen=overview(campaign, moment.now()),
        titles=TITLES,
        unsettled=list(bags.filter(state__in=to_settle, pk__in=inside)[:LATELY]),
        left=list(bags.exclude(state__in=to_settle)[:LATELY]),
        is_unknown=lambda bag: bag.state == Mailbag.State.UNKNOWN,
    )
