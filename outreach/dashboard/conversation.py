"""One addressee: the clock, the whole thread, and what a person may record."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.group import Membership
from campaigns.outcome import Outcome
from outreach.dashboard import thread
from outreach.dashboard.checks import checks
from outreach.dashboard.clockbox import clock_box
from outreach.dashboard.door import author, campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.previews import previews
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When
from outreach.dashboard.why import why_not
from outreach.delivery import Delivery
from outreach.response import Response
from outreach.sealed_file import accepted

KINDS = tuple((kind.value, kind.value.capitalize()) for kind in Response.Kind)
OUTCOME_KINDS = (
    Outcome.Kind.NONE, Outcome.Kind.REFUSED, Outcome.Kind.DEFLECTED, Outcome.Kind.COMMITTED, Outcome.Kind.PARTLY,
    Outcome.Kind.DONE,
)  # fmt: skip
BY_HAND = ("email", "x", "bluesky", "mastodon", "letter", "phone", "web")


@dataclass(frozen=True, slots=True)
class Whom:
    """An addressee in a campaign: its appeal, if the demands are put to it, and its capacities."""

    addressee: Addressee
    appeal: Appeal | None
    capacities: list[str]

    @property
    def is_asked(self) -> bool:
        return self.appeal is not None


@page
def conversation(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return show_conversation(request, campaign, whom(campaign, key))


def whom(campaign: Campaign, key: str) -> Whom:
    """404 for somebody this campaign has nothing to do with."""
    memberships = Membership.objects.filter(group__campaign=campaign, addressee__key=key)
    capacities = [each.capacity for each in memberships if each.capacity]
    addressee = get_object_or_404(Addressee.objects.prefetch_related("contact_points"), key=key)
    appeal = campaign.appeals.select_related("step", "addressee").filter(addressee=addressee).first()
    if not memberships and appeal is None:
        raise Http404
    return Whom(addressee, appeal, list(dict.fromkeys(capacities)))


def asked(campaign: Campaign, key: str) -> Appeal:
    """The appeal to that addressee; 404 if the demands are not put to it."""
    found = whom(campaign, key).appeal
    if found is None:
        raise Http404
    return found


def show_conversation(
    request: HttpRequest, campaign: Campaign, one: Whom, status: int = 200, **context: Any
) -> HttpResponse:
    now = moment.now()
    scene, when = Scene(campaign, now), When(campaign.time_zone, now)
    entries = thread.thread(campaign, one.addressee, one.appeal)
    channel = request.GET.get("channel", "")
    return show(
        request,
        "conversation.html",
        campaign,
        title=one.addressee.name,
        tab="addressees",
        status=status,
        **{
            "whom": one,
            "scene": scene,
            "there": When(one.addressee.time_zone, now),
            "entries": [entry for entry in entries if channel in ("", entry.channel)],
            "channel": channel,
            "channels": _channels(entries),
            "previews": previews(campaign, one.addressee.key) if campaign.published_at is None else [],
            "points": _points(campaign, one.addressee),
            "why_not": why_not(scene, when),
            "kinds": KINDS,
            "by_hand": BY_HAND,
            "outcome_kinds": OUTCOME_KINDS,
            "accepted": accepted(),
            "me": author(request),
            "said": {},
            **_about(scene, one, when),
            **context,
        },
    )


def _about(scene: Scene, one: Whom, when: When) -> dict[str, Any]:
    """What only an addressee with an appeal has."""
    if one.appeal is None:
        return {"clock": None, "checks": [], "standing": None, "position": 0, "responses": []}
    order = [appeal.pk for appeal in scene.appeals]
    return {
        "clock": clock_box(scene, one.appeal, when),
        "checks": checks(scene, scene.positions[one.appeal.pk], when) if _runs(scene, one.appeal) else [],
        "standing": scene.standings[one.appeal.pk],
        "position": order.index(one.appeal.pk) + 1,
        "responses": list(Response.objects.filter(appeal=one.appeal)),
    }


def _runs(scene: Scene, appeal: Appeal) -> bool:
    return scene.campaign.published_at is not None and appeal.status in Appeal.ALIVE


def _channels(entries: list[thread.Entry]) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for entry in entries:
        if entry.channel:
            counted[entry.channel] = counted.get(entry.channel, 0) + 1
    return list(counted.items())


def _points(campaign: Campaign, addressee: Addressee) -> "list[Any]":
    """Contact points, each with how many messages of this campaign went there and how many were proven delivered."""
    ours = Q(deliveries__campaign=campaign, deliveries__sent_at__isnull=False)
    proven = ours & Q(deliveries__state=Delivery.State.DELIVERED)
    return list(
        addressee.contact_points.annotate(
            sent=Count("deliveries", filter=ours), proven=Count("deliveries", filter=proven)
        ).order_by("channel", "position")
    )
