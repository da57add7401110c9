"""The inbox of the staff: what needs a person, one after the other, and never with two people unknowingly."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from outreach import needs
from outreach.attention import give_attention, leave
from outreach.dashboard.door import campaign_of, deed, page, person
from outreach.dashboard.frame import forget_count, show
from outreach.dashboard.html_part import framed
from outreach.dashboard.when import When
from outreach.incoming import Incoming
from outreach.needs.inbox import Attended, find, inbox, settle, take_next
from outreach.needs.need import IsGone, NotSettled, Scope
from outreach.needs.quarantine import DELIVER, QUARANTINE
from outreach.sealed_file import SECRET_IS_GONE, download

FULL = 8
MOST_FOUND = 20
GONE = "That was settled already."
DONE = "Nothing needs you."


@page
def inbox_of_all(request: HttpRequest) -> HttpResponse:
    """Over every campaign that this person may see."""
    return _list(request, None)


@page
def inbox_of_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, campaign_of(request, slug))


@page
def need(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """One need by itself, with all that is known of it. Looking takes it from nobody."""
    try:
        found = find(Scope(person(request)), moment.now(), kind, ref)
    except IsGone:
        raise Http404 from None
    return _one(request, found)


@deed
def next_need(request: HttpRequest) -> HttpResponse:
    """Give me the first that nobody has."""
    slug = request.POST.get("campaign", "")
    scope = Scope(person(request), campaign_of(request, slug) if slug else None)
    return _go_on(scope, request.POST.get("kind", ""))


@deed
def take_need(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """It is with me from now on; also if another has it, which they are told by the page."""
    try:
        found = find(Scope(person(request)), moment.now(), kind, ref)
    except IsGone:
        messages.warning(request, GONE)
        return redirect("inbox")
    give_attention(found.need.key, person(request), from_another=True)
    return redirect("need", kind=kind, ref=ref)


@deed
def leave_need(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Others may have it."""
    leave(f"{kind}:{ref}", person(request))
    return redirect("inbox")


@deed
def settle_need(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Do what was chosen, and go on: to the next one, or back to the list it was settled in."""
    scope, said = Scope(person(request)), request.POST
    try:
        done = settle(scope, kind, ref, said.get("do", ""), said.dict(), moment.now(), from_another="take_over" in said)
    except IsGone:
        messages.warning(request, GONE)
    except NotSettled as reason:
        try:
            again = find(scope, moment.now(), kind, ref)
        except IsGone:
            raise Http404 from None
        return _one(request, again, 422, problems=[(reason.field or "do", str(reason))], given=said)
    else:
        messages.success(request, done)
    slug = said.get("campaign", "")
    forget_count(scope.user, campaign_of(request, slug) if slug else None)
    if said.get("back") == "list":
        return redirect("campaign-inbox", slug=slug) if slug else redirect("inbox")
    return _go_on(Scope(scope.user, campaign_of(request, slug) if slug else None), said.get("only", ""))


@page
def incoming_html(request: HttpRequest, incoming_id: UUID) -> HttpResponse:
    """The HTML of a letter, cleaned, in a frame where nothing runs or loads."""
    html = _incoming(request, incoming_id).gist.html
    if not html:
        raise Http404
    return framed(html)


@page
def incoming_raw(request: HttpRequest, incoming_id: UUID) -> HttpResponse:
    """Every byte as it came, to be kept in a file."""
    incoming = get_object_or_404(Incoming.objects.visible_to(person(request)), pk=incoming_id)
    content = incoming.opened()
    if content is None:
        raise Http404(SECRET_IS_GONE)
    ending = "eml" if incoming.channel == "email" else "json"
    return download(content, "application/octet-stream", f"{incoming.pk}.{ending}")


@page
def incoming_file(request: HttpRequest, incoming_id: UUID, number: int) -> HttpResponse:
    """A file that came with it. Nobody has checked it, so it is never shown by a browser."""
    attachment = get_object_or_404(_incoming(request, incoming_id).attachments, number=number)
    content = attachment.opened()
    if content is None:
        raise Http404(SECRET_IS_GONE)
    return download(content, "application/octet-stream", attachment.name or "file")


def _list(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    scope, now, kind = Scope(person(request), campaign), moment.now(), request.GET.get("kind", "")
    everything = inbox(scope, now)
    counted = {name: sum(each.need.kind == name for each in everything) for name in needs.KINDS}
    shown = [each for each in everything if kind in ("", each.need.kind)]
    return show(
        request,
        "inbox.html",
        campaign,
        title="Inbox",
        tab="inbox",
        shown=shown[:FULL],
        rest=shown[FULL:],
        everything=everything,
        kinds=[(name, needs.KINDS[name].title, number) for name, number in counted.items() if number],
        kind=kind,
        stopping=sum(each.need.stops for each in everything),
        me=person(request),
        when_of=_when_of,
        given={},
    )


def _one(request: HttpRequest, found: Attended, status: int = 200, **context: Any) -> HttpResponse:
    is_mail = found.need.kind == QUARANTINE.name
    wanted = request.GET.get("q", "").strip()
    return show(
        request,
        "need.html",
        title=found.need.title,
        tab="inbox",
        status=status,
        **{
            "one": found,
            "me": person(request),
            "can_be_put_aside": needs.KINDS[found.need.kind].can_be_put_aside,
            "incoming": _incoming(request, UUID(found.need.ref)) if is_mail else None,
            "wanted": wanted,
            "found": _search(request, wanted) if is_mail and wanted else [],
            "deliver": DELIVER,
            "when_of": _when_of,
            "given": {},
            **context,
        },
    )


def _go_on(scope: Scope, kind: str) -> HttpResponse:
    following = take_next(scope, moment.now(), kind if kind in needs.KINDS else "")
    if following is None:
        return redirect("campaign-inbox", slug=scope.campaign.slug) if scope.campaign else redirect("inbox")
    return redirect("need", kind=following.kind, ref=following.ref)


def _search(request: HttpRequest, wanted: str) -> list[Appeal]:
    """Appeals of public campaigns whose office is called so, has such an address, or is a key."""
    called = Q(addressee__name__icontains=wanted) | Q(addressee__key__iexact=wanted)
    at = Q(addressee__contact_points__address__icontains=wanted)
    rows = Appeal.objects.visible_to(person(request)).filter(called | at, campaign__published_at__isnull=False)
    return list(rows.select_related("campaign", "addressee").distinct().order_by("addressee__name")[:MOST_FOUND])


def _incoming(request: HttpRequest, incoming_id: UUID) -> Incoming:
    rows = Incoming.objects.visible_to(person(request)).without_weight()
    return get_object_or_404(rows.prefetch_related("guesses"), pk=incoming_id)


def _when_of(campaign: Campaign | None) -> When:
    """Times on a campaign's own clock; UTC where no campaign is concerned."""
    return When(campaign.time_zone if campaign else "UTC", moment.now())
