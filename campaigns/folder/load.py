"""From a folder to rows. Loading twice changes nothing; loading an edited folder changes what was edited, if it may."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import connection, transaction

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.consent import keep_words
from campaigns.demand import Demand
from campaigns.folder.allowed import NotLoadable, refusals
from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.change import Change, changes
from campaigns.folder.digest import digest
from campaigns.folder.stored import ADDRESSEE, memberships, stored, str_of
from campaigns.folder.wanted import wanted
from campaigns.group import Group, Membership
from campaigns.holder_change import record_change
from campaigns.locality import replace_localities
from campaigns.publication import plan_appeals
from campaigns.redistricting import redistrict_later
from campaigns.step import Step
from campaigns.version import record_version
from campaigns.wording import Wording

BATCH = 1000
__all__ = ["Loaded", "NotLoadable", "difference", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The campaign as it is kept now, and what loading changed; nothing if it was the same already."""

    campaign: Campaign
    changes: tuple[Change, ...]


def difference(folder: CampaignFolder) -> list[Change]:
    """What loading this folder would change now."""
    campaign = Campaign.objects.filter(slug=folder.slug).first()
    return list(changes(stored(campaign, [row.key for row in folder.addressees]), wanted(folder)))


@transaction.atomic
def load(folder: CampaignFolder, now: datetime, author: str = "") -> Loaded:
    """Make the rows say what the folder says: all of it or, raising NotLoadable, nothing.

    What changes makes a new version, which keeps the difference and who made it.
    """
    _one_at_a_time()
    campaign = Campaign.objects.select_for_update().filter(slug=folder.slug).first()
    found = difference(folder)
    if campaign is not None and (why := refusals(campaign, found)):
        raise NotLoadable(why)
    if campaign is None or found:
        is_new = campaign is None
        campaign = _write(folder, found, now)
        _change_holders(found, author, now)
        _redistrict(campaign, found)
        if any(each.kind == "campaign" and each.field.startswith("divisions") for each in found) or is_new:
            replace_localities(campaign, folder.divisions.rows)
        record_version(campaign, digest(wanted(folder)), () if is_new else found, author, now)
    return Loaded(campaign, tuple(found))


def _one_at_a_time() -> None:
    """Addressees are shared by campaigns, so loads take turns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('load a campaign folder', 0))")


def _write(folder: CampaignFolder, found: Collection[Change], now: datetime) -> Campaign:
    inventory = wanted(folder)
    touched = {(change.kind, change.what) for change in found}

    def new(kind: str) -> dict[str, dict[str, Any]]:
        """What must be written of this kind: all fields of what was added or changed."""
        return {
            what: cast("dict[str, Any]", fields)
            for (each, what), fields in inventory.items()
            if each == kind and (each, what) in touched
        }

    def gone(kind: str) -> list[str]:
        return [change.what for change in found if change.kind == kind and change.is_removal]

    campaign, _ = Campaign.objects.update_or_create(
        slug=folder.slug, defaults=dict(inventory["campaign", folder.slug]), create_defaults=_first(folder, now)
    )
    campaign.demands.filter(key__in=gone("demand")).delete()
    campaign.steps.filter(key__in=gone("step")).delete()
    for model, kind in ((Group, "group"), (Demand, "demand"), (Step, "step")):
        _keyed(model, campaign, new(kind))
    _addressees(new("addressee"))
    _contact_points(new("contact point"), gone("contact point"))
    _memberships(campaign, new("membership"), gone("membership"))
    campaign.groups.filter(key__in=gone("group")).delete()
    _wordings(campaign, new("wording"), gone("wording"), now)
    keep_words(campaign.asking())
    if campaign.status == Campaign.Status.DRAFT:
        plan_appeals(campaign)
    return campaign


def _change_holders(found: Collection[Change], author: str, now: datetime) -> None:
    changed = [each for each in found if (each.kind, each.field) == ("addressee", "holder")]
    before = {each.what: str(each.old) for each in changed}
    for addressee in Addressee.objects.filter(key__in=before).order_by("key"):
        record_change(addressee, before[addressee.key], reason="The directory says so", author=author, now=now)


def _redistrict(campaign: Campaign, found: Collection[Change]) -> None:
    """Who represents whom has changed."""
    if any(each.kind == "membership" or (each.kind == "addressee" and each.field == "division") for each in found):
        redistrict_later(Campaign.objects.filter(pk=campaign.pk))


def _first(folder: CampaignFolder, now: datetime) -> dict[str, object]:
    return {**wanted(folder)["campaign", folder.slug], "slug": folder.slug, "created_at": now}


def _keyed(model: type[Group | Demand | Step], campaign: Campaign, rows: Mapping[str, dict[str, Any]]) -> None:
    for key, fields in rows.items():
        model._default_manager.update_or_create(campaign=campaign, key=key, defaults=fields)


def _addressees(rows: Mapping[str, dict[str, Any]]) -> None:
    Addressee.objects.bulk_create(
        [Addressee(key=key, **fields) for key, fields in rows.items()],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[name for name in ADDRESSEE if all(name in fields for fields in rows.values())],
    )


def _contact_points(rows: Mapping[str, dict[str, Any]], gone: Iterable[str]) -> None:
    """A contact point that stays keeps its health."""
    parts = {what: what.split(" ", 2) for what in (*rows, *gone)}
    pks = _pks({key for key, _, _ in parts.values()})
    for what in gone:
        key, channel, address = parts[what]
        ContactPoint.objects.filter(addressee=pks[key], channel=channel, address=address).delete()
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(addressee_id=pks[parts[what][0]], channel=parts[what][1], address=parts[what][2], **fields)
            for what, fields in rows.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["addressee", "channel", "address"],
        update_fields=["position"],
    )


def _memberships(campaign: Campaign, rows: Mapping[str, dict[str, Any]], gone: Collection[str]) -> None:
    if gone:
        doomed = [each.pk for each in memberships(campaign) if str_of(each) in set(gone)]
        Membership.objects.filter(pk__in=doomed).delete()
    parts = {what: what.split(" in ", 1) for what in rows}
    pks = _pks({key for key, _ in parts.values()})
    groups = {group.key: group.pk for group in campaign.groups.all()}
    Membership.objects.bulk_create(
        [
            Membership(addressee_id=pks[parts[what][0]], group_id=groups[parts[what][1]], **fields)
            for what, fields in rows.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["group", "addressee"],
        update_fields=["capacity"],
    )


def _wordings(campaign: Campaign, rows: Mapping[str, dict[str, Any]], gone: Collection[str], now: datetime) -> None:
    """A version is never edited: a new one replaces it."""
    before = campaign.wordings.current().of_the_folder()
    current = {f"{each.name}/{each.channel}.{each.language}": each for each in before}
    replaced = [current[what].pk for what in (*rows, *gone) if what in current]
    Wording.objects.filter(pk__in=replaced).update(replaced_at=now)
    latest = _latest_versions(campaign)
    Wording.objects.bulk_create(
        Wording(
            campaign=campaign,
            name=name,
            channel=channel,
            language=language,
            version=latest.get(what, 0) + 1,
            written_at=now,
            **fields,
        )
        for what, fields in rows.items()
        for name, channel, language in [_parts(what)]
    )


def _latest_versions(campaign: Campaign) -> dict[str, int]:
    versions = campaign.wordings.order_by("version").values_list("name", "channel", "language", "version")
    return {f"{name}/{channel}.{language}": version for name, channel, language, version in versions}


def _parts(what: str) -> tuple[str, str, str]:
    name, _, file = what.partition("/")
    channel, _, language = file.partition(".")
    return name, channel, language


def _pks(keys: Collection[str]) -> dict[str, Any]:
    return dict(Addressee.objects.filter(key__in=keys).values_list("key", "pk"))
