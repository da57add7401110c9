"""What is kept of a campaign, as the same fields a folder gives."""

from collections.abc import Collection, Iterable

from django.db.models import Model

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.folder.change import Fields, Inventory
from campaigns.group import Membership

CAMPAIGN = (
    "title", "summary", "languages", "time_zone", "publish_at", "clock", "satisfied", "put_to", "fairness", "sending",
    "facts", "sender", "consent", "terms", "website", "embed", "letter_rules",
    "fallbacks", "divisions",
)  # fmt: skip
GROUP = ("number", "title")
DEMAND = ("number", "title", "text")
STEP = (
    "number", "title", "patience", "ends", "days", "only_if", "signatures", "at_once", "next", "approvers",
    "minimum_gap", "dispatches", "reminders",
)  # fmt: skip
ADDRESSEE = ("kind", "name", "holder", "salutation", "country", "languages", "time_zone", "weekend", "division")
WORDING = ("status", "subject", "body")


def stored(campaign: Campaign | None, addressees: Collection[str]) -> Inventory:
    """Everything kept of the campaign, and of those `addressees` (keys), who may be known from other campaigns."""
    inventory: Inventory = {}
    if campaign is not None:
        inventory["campaign", campaign.slug] = _fields(campaign, CAMPAIGN)
        inventory |= {("group", each.key): _fields(each, GROUP) for each in campaign.groups.all()}
        inventory |= {("demand", each.key): _fields(each, DEMAND) for each in campaign.demands.all()}
        inventory |= {("step", each.key): _fields(each, STEP) for each in campaign.steps.all()}
    known = Addressee.objects.filter(key__in=addressees)
    inventory |= {("addressee", each.key): _fields(each, ADDRESSEE) for each in known}
    inventory |= _contact_points(addressees)
    if campaign is not None:
        inventory |= {("membership", str_of(each)): {"capacity": each.capacity} for each in memberships(campaign)}
        for each in campaign.wordings.current().of_the_folder():
            inventory["wording", f"{each.name}/{each.channel}.{each.language}"] = _fields(each, WORDING)
    return inventory


def memberships(campaign: Campaign) -> Iterable[Membership]:
    return Membership.objects.filter(group__campaign=campaign).select_related("group", "addressee")


def str_of(membership: Membership) -> str:
    return f"{membership.addressee.key} in {membership.group.key}"


def _contact_points(addressees: Collection[str]) -> Inventory:
    points = ContactPoint.objects.filter(addressee__key__in=addressees).select_related("addressee")
    return {
        ("contact point", f"{point.addressee.key} {point.channel} {point.address}"): {"position": point.position}
        for point in points
    }


def _fields(row: Model, names: Iterable[str]) -> Fields:
    return {name: getattr(row, name) for name in names}
