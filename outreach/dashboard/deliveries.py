"""Deliveries: what is on its way, what is promised and kept, what nobody can say, and every single one."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.campaign import Campaign
from outreach.again import DIRECT, NOT_THERE, NotWritable, write_again
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.frame import show
from outreach.dashboard.holds import channels_of
from outreach.dashboard.promises import promises
from outreach.dashboard.scene import Scene
from outreach.dashboard.thread import title_of
from outreach.dashboard.when import When
from outreach.dashboard.why import why_not
from outreach.dashboard.wires import Route, route
from outreach.delivery import Delivery
from outreach.news import settle_by_person

State = Delivery.State
A_PAGE = 50
MOST_UNKNOWN = 20
UNPROVEN = (State.UNKNOWN, State.SENT)
TOGETHER = ("step", "wave", "addressee", "supporter", "contact_point", "appeal__addressee", "chunk")


@dataclass(frozen=True, slots=True)
class Lane:
    """One channel with its wire and its counts by state."""

    route: Route
    states: Counter[str]
    sent: int

    @property
    def moving(self) -> int:
        return sum(self.states[state] for state in (State.PLANNED, State.DUE, State.CLAIMED, State.SENDING))


@page
def deliveries(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    scene, now = Scene(campaign, moment.now()), moment.now()
    when = When(campaign.time_zone, now)
    wanted = {name: request.GET.get(name, "") for name in ("state", "step", "channel")}
    shown = Paginator(_filtered(campaign, wanted), A_PAGE).get_page(request.GET.get("page"))
    lanes = _lanes(campaign)
    return show(
        request,
        "deliveries.html",
        campaign,
        title="Deliveries",
        tab="deliveries",
        lanes=lanes,
        states=sum((lane.states for lane in lanes), Counter()),
        promises=promises(campaign),
        unknown=list(_filtered(campaign, {"state": State.UNKNOWN})[:MOST_UNKNOWN]),
        shown=shown,
        wanted=wanted,
        all_states=State.values,
        held=[hold.channel for hold in scene.holds if hold.channel],
        query=urlencode({name: value for name, value in wanted.items() if value}),
        **_words(scene, when),
    )


@page
def delivery(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """One delivery: its exact text, and everything that happened to it."""
    campaign = campaign_of(request, slug)
    one = get_object_or_404(campaign.deliveries.select_related(*TOGETHER), pk=delivery_id)
    scene = Scene(campaign, moment.now())
    return show(
        request,
        "delivery.html",
        campaign,
        title=title_of(one),
        tab="deliveries",
        one=one,
        happened=list(one.events.all()),
        again=one.again.first(),
        may_be_written_again=one.state in NOT_THERE and one.addressee is not None and one.channel in DIRECT,
        route=route(one.channel),
        **_words(scene, When(campaign.time_zone, scene.now)),
    )


@deed
def settle_delivery(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """A person found out whether an unknown or unproven delivery arrived."""
    campaign = campaign_of(request, slug)
    one = get_object_or_404(campaign.deliveries, pk=delivery_id)
    arrived = request.POST.get("arrived")
    is_settled = (
        arrived in ("yes", "no")
        and one.state in UNPROVEN
        and settle_by_person(one, arrived=arrived == "yes", by=author(request), now=moment.now())
    )
    if is_settled:
        said = "it arrived" if arrived == "yes" else "it did not arrive"
        messages.success(request, f"Settled: {said}. Nothing is sent again by this.")
    else:
        messages.warning(request, "Nothing was changed: it is settled already.")
    return redirect("delivery", slug=slug, delivery_id=delivery_id)


@deed
def write_delivery_again(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """A letter did not arrive, and a person wants it written again."""
    campaign = campaign_of(request, slug)
    one = get_object_or_404(campaign.deliveries.select_related(*TOGETHER), pk=delivery_id)
    try:
        again = write_again(one, by=author(request), now=moment.now())
    except NotWritable as why:
        messages.warning(request, f"Nothing was written: {why}.")
        return redirect("delivery", slug=slug, delivery_id=delivery_id)
    messages.success(request, "It is written again, and says so at its head.")
    return redirect("delivery", slug=slug, delivery_id=again.pk)


def _filtered(campaign: Campaign, wanted: dict[str, str]) -> QuerySet[Delivery]:
    fields = {"state": "state", "step": "step__key", "channel": "channel"}
    chosen = {fields[name]: value for name, value in wanted.items() if value}
    return campaign.deliveries.filter(**chosen).select_related(*TOGETHER).order_by("-created_at", "id")


def _lanes(campaign: Campaign) -> list[Lane]:
    states: dict[str, Counter[str]] = {name: Counter() for name in channels_of(campaign)}
    sent: Counter[str] = Counter()
    rows = campaign.deliveries.order_by().values_list("channel", "state")
    for channel, state, n, taken in rows.annotate(n=Count("id"), taken=Count("sent_at")):
        states.setdefault(channel, Counter())[state] += n
        sent[channel] += taken
    return [Lane(route(channel), counted, sent[channel]) for channel, counted in states.items()]


def _words(scene: Scene, when: When) -> dict[str, Any]:
    return {
        "title_of": title_of,
        "recipient_of": recipient_of,
        "why_not": why_not(scene, when),
        "unproven": UNPROVEN,
    }


def recipient_of(delivery: Delivery) -> str:
    """Whom it is for; supporters are not named on a list."""
    if delivery.supporter is not None:
        return "A supporter"
    if delivery.addressee is not None:
        return delivery.addressee.name
    return delivery.appeal.addressee.name if delivery.appeal is not None else "The public"
