"""A campaign's rows as an Edition: the same plain values a folder gives."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.edition import Edition, Reader, WordingKey
from campaigns.group import Membership
from campaigns.letter_start import letters_of
from campaigns.position import Satisfied
from campaigns.wording import Wording
from campaigns.words.brief import Asked, Brief, Dated, Office
from campaigns.words.wording import Compiled, Source, compiled
from channels.channel import CHANNELS


def edition_of(campaign: Campaign, only: Collection[str] | None = None) -> Edition:
    """The campaign as it is kept now; a few queries, however many addressees. `only`: as if nobody but these were in
    it, by their keys; what it says of how many are asked is true all the same.
    """
    readers, members = _readers(campaign, only)
    asked = tuple(dict.fromkeys(key for group in campaign.put_to for key in members.get(group, ())))
    return Edition(
        slug=campaign.slug,
        title=campaign.title,
        languages=tuple(campaign.languages),
        rules=campaign.rules(),
        brief=brief_of(campaign, len(asked) if only is None else campaign.appeals.count()),
        satisfied=Satisfied(campaign.satisfied),
        asked=asked,
        readers=readers,
        members=members,
        step_titles={step.key: step.title for step in campaign.steps.all()},
        wordings=_wordings(campaign),
        group_titles={group.key: group.title for group in campaign.groups.all()},
        letters=letters_of(campaign.letter_rules),
    )


def brief_of(campaign: Campaign, total: int) -> Brief:
    """What the campaign says of itself. `total`: how many addressees the demands are put to."""
    return Brief(
        title=campaign.title,
        summary=campaign.summary,
        url=campaign.website,
        published_at=campaign.published_at or campaign.publish_at,
        total=total,
        time_zone=campaign.time_zone,
        default_language=campaign.default_language,
        sender_name=campaign.sender.get("name", {}),
        sender_email=campaign.sender.get("email", ""),
        demands=tuple(Asked(d.number, d.key, d.title, d.text) for d in campaign.demands.all()),
        facts=tuple(
            Dated(f["key"], date.fromisoformat(f["date"]), f["text"], f.get("source", "")) for f in campaign.facts
        ),
        terms=campaign.terms,
    )


def compiled_wording(wording: Wording) -> Compiled:
    """A wording ready to be written from, compiled once for each version."""
    return compiled(Source(wording.body, wording.subject, is_letter=CHANNELS[wording.channel].has_subject))


class Shelf(Mapping[WordingKey, Compiled]):
    """Wordings, each compiled when it is asked for: one that does not hold spoils no other. Asking raises Unfit."""

    def __init__(self, kept: Mapping[WordingKey, Wording]) -> None:
        self.kept = kept

    def __getitem__(self, key: WordingKey) -> Compiled:
        return compiled_wording(self.kept[key])

    def __iter__(self) -> Iterator[WordingKey]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def _wordings(campaign: Campaign) -> Shelf:
    return Shelf({(w.name, w.channel, w.language): w for w in campaign.wordings.usable()})


def _readers(campaign: Campaign, only: Collection[str] | None) -> tuple[dict[str, Reader], dict[str, tuple[str, ...]]]:
    capacities: dict[str, list[str]] = defaultdict(list)
    members: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Addressee] = {}
    for membership in _memberships(campaign, only):
        addressee = membership.addressee
        found[addressee.key] = addressee
        members[membership.group.key].append(addressee.key)
        if membership.capacity:
            capacities[addressee.key].append(membership.capacity)
    readers = {key: _reader(addressee, capacities[key]) for key, addressee in found.items()}
    return readers, {group: tuple(keys) for group, keys in members.items()}


def _memberships(campaign: Campaign, only: Collection[str] | None) -> Iterable[Membership]:
    everybody = Membership.objects.filter(group__campaign=campaign)
    wanted = everybody if only is None else everybody.filter(addressee__key__in=only)
    return (
        wanted.select_related("group", "addressee")
        .prefetch_related("addressee__contact_points")
        .order_by("group__number", "addressee__name")
    )


def _reader(addressee: Addressee, capacities: list[str]) -> Reader:
    usable = sorted((p for p in addressee.contact_points.all() if p.is_usable), key=lambda point: point.rank)
    return Reader(
        office=office_of(addressee, tuple(dict.fromkeys(capacities))),
        languages=tuple(addressee.languages),
        place=addressee.place(),
        addresses={point.channel: point.address for point in reversed(usable)},
        division=addressee.division,
        kind=addressee.kind,
    )


def office_of(addressee: Addressee, capacities: tuple[str, ...]) -> Office:
    return Office(addressee.key, addressee.name, addressee.holder, addressee.salutation, addressee.country, capacities)
