"""Everybody a campaign writes to."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.group import Membership
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.matrix import Row, rows
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import text_of


@dataclass(frozen=True, slots=True)
class Line:
    """One addressee of the list. `row` and `appeal`: None for a body that is only written to."""

    addressee: Addressee
    capacities: list[str]
    groups: list[str]
    row: Row | None
    appeal: Appeal | None


@page
def addressees(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    lines = _lines(campaign, Scene(campaign, moment.now()))
    return show(
        request,
        "addressees.html",
        campaign,
        title="Addressees",
        tab="addressees",
        asked=[line for line in lines if line.appeal],
        others=[line for line in lines if not line.appeal],
    )


def _lines(campaign: Campaign, scene: Scene) -> list[Line]:
    by_key = {row.key: row for row in rows(scene)}
    appeals = {appeal.addressee_id: appeal for appeal in scene.appeals}
    found: dict[str, Line] = {}
    memberships = Membership.objects.filter(group__campaign=campaign).select_related("group", "addressee")
    for each in memberships.order_by("addressee__name", "group__number"):
        addressee = each.addressee
        new = Line(addressee, [], [], by_key.get(addressee.key), appeals.get(addressee.pk))
        line = found.setdefault(addressee.key, new)
        line.groups.append(text_of(each.group.title))
        if each.capacity and each.capacity not in line.capacities:
            line.capacities.append(each.capacity)
    return list(found.values())
