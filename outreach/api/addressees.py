from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.group import Membership
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import PathKey

router = Router(tags=["addressees"])


class ContactPointOut(Schema):
    """One official address on one channel."""

    channel: str
    address: str
    position: int = Field(description="1 is used first")
    digests_only: bool = Field(description="Letters of supporters go there together, never one by one")
    failures: int = Field(description="Messages in a row that did not get through for a reason that may pass")
    health: str = Field(
        description="good; ailing: several messages in a row did not get through; dead: not written to any more"
    )


class MembershipOut(Schema):
    """A group the addressee is in, and the capacity in which it is addressed there."""

    group: str
    capacity: str


class AddresseeOut(Schema):
    """An office, body or person."""

    key: str
    kind: str
    name: str
    holder: str
    salutation: str
    country: str = Field(description="ISO 3166 code, or empty")
    languages: list[str] = Field(description="In order of preference")
    time_zone: str
    weekend: list[str]
    groups: list[MembershipOut]
    is_asked: bool = Field(description="Whether the demands are put to it")
    contact_points: list[ContactPointOut]
    url: str


@router.get("/{slug}/addressees", response=Page[AddresseeOut], summary="List addressees")
def list_addressees(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Everybody in a group of the campaign, by name: those the demands are put to, and those told later."""
    campaign = find.campaign(request, slug)
    return page_of(request, window, _members(campaign), lambda rows: _described(campaign, rows))


@router.get("/{slug}/addressees/{key}", response=AddresseeOut, summary="Show an addressee")
def show_addressee(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """One addressee as this campaign sees it."""
    campaign = find.campaign(request, slug)
    addressee = find.find(_members(campaign), f"There is no addressee “{key}” in “{slug}”", key=key)
    return next(_described(campaign, [addressee]))


def _members(campaign: Campaign) -> QuerySet[Addressee]:
    here = Membership.objects.filter(group__campaign=campaign).select_related("group")
    return (
        Addressee.objects.filter(memberships__group__campaign=campaign)
        .distinct()
        .order_by("name", "key")
        .prefetch_related("contact_points", Prefetch("memberships", here, to_attr="here"))
    )


def _described(campaign: Campaign, addressees: Sequence[Addressee]) -> Iterator[dict[str, Any]]:
    names = ("key", "kind", "name", "holder", "salutation", "country", "languages", "time_zone", "weekend")
    for addressee in addressees:
        here: list[Membership] = addressee.here  # type: ignore[attr-defined]
        yield {name: getattr(addressee, name) for name in names} | {
            "groups": [{"group": each.group.key, "capacity": each.capacity} for each in here],
            "is_asked": any(each.group.key in campaign.put_to for each in here),
            "contact_points": list(addressee.contact_points.all()),
            "url": f"/api/v1/campaigns/{campaign.slug}/addressees/{addressee.key}",
        }
