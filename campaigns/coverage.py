"""Who of a campaign can be reached how: by us, by a person, in public, or not at all; and whom no step reaches."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.edition import Edition, Reader
from campaigns.finding import Place
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, Dispatch
from campaigns.representatives import Map
from channels.channel import CHANNELS


@dataclass(frozen=True, slots=True)
class Reach:
    """One addressee, and the channels on which there is an address that can be used.

    `dead`: addresses that came back for good. `is_asked`: whether the demands are put to them.
    """

    key: str
    name: str
    holder: str
    division: str
    is_asked: bool
    channels: tuple[str, ...]
    dead: int

    @property
    def by_us(self) -> tuple[str, ...]:
        """Where a wire carries a message to them alone."""
        return tuple(name for name in self.channels if not CHANNELS[name].deed and not CHANNELS[name].is_public)

    @property
    def by_hand(self) -> tuple[str, ...]:
        """Where a person carries it."""
        return tuple(name for name in self.channels if CHANNELS[name].deed)

    @property
    def in_public(self) -> tuple[str, ...]:
        return tuple(name for name in self.channels if CHANNELS[name].is_public)

    @property
    def is_vacant(self) -> bool:
        """Whether they represent a place, and nobody holds the office."""
        return bool(self.division) and not self.holder


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A message of the ladder that has no way to some of those it is for."""

    step: str
    wording: str
    channels: tuple[str, ...]
    of: int
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`reaches`: everybody, by name. `places`: how many have a name here. `unrepresented`: where nobody sits."""

    reaches: tuple[Reach, ...]
    shortfalls: tuple[Shortfall, ...]
    places: int
    unrepresented: tuple[Place, ...]

    @property
    def by_channel(self) -> dict[str, int]:
        """How many can be reached on each channel, in the order of the channels."""
        counted = {name: sum(name in each.channels for each in self.reaches) for name in CHANNELS}
        return {name: number for name, number in counted.items() if number}

    @property
    def by_us(self) -> int:
        return sum(bool(each.by_us) for each in self.reaches)

    @property
    def only_by_hand(self) -> int:
        """How many nobody but a person can write to."""
        return sum(bool(each.by_hand) and not each.by_us for each in self.reaches)

    @property
    def only_in_public(self) -> int:
        return sum(bool(each.in_public) and not each.by_us and not each.by_hand for each in self.reaches)

    @property
    def unreached(self) -> tuple[Reach, ...]:
        """Who has no address that can be used."""
        return tuple(each for each in self.reaches if not each.channels)

    @property
    def vacant(self) -> tuple[Reach, ...]:
        return tuple(each for each in self.reaches if each.is_vacant)

    def account(self) -> dict[str, Any]:
        """The whole report as plain values."""
        return {
            "addressees": len(self.reaches),
            "by_channel": self.by_channel,
            "by_us": self.by_us,
            "only_by_hand": self.only_by_hand,
            "only_in_public": self.only_in_public,
            "unreached": [each.key for each in self.unreached],
            "vacant": [each.key for each in self.vacant],
            "places": self.places,
            "unrepresented": [asdict(each) for each in self.unrepresented],
            "shortfalls": [asdict(each) for each in self.shortfalls],
            "reaches": [asdict(each) for each in self.reaches],
        }


def coverage_of(campaign: Campaign) -> Coverage:
    """As things stand; a few queries, however many addressees."""
    edition, known = edition_of(campaign), Map(campaign)
    points = ContactPoint.objects.filter(addressee__key__in=edition.readers, health=ContactPoint.Health.DEAD)
    dead = list(points.values_list("addressee__key", flat=True))
    reaches = (_reach(edition, reader, dead.count(key)) for key, reader in edition.readers.items())
    return Coverage(
        reaches=tuple(sorted(reaches, key=lambda each: (each.name, each.key))),
        shortfalls=tuple(_shortfalls(edition)),
        places=len(known.everywhere()),
        unrepresented=tuple(known.unrepresented()),
    )


def _reach(edition: Edition, reader: Reader, dead: int) -> Reach:
    office = reader.office
    channels = tuple(name for name in CHANNELS if name in reader.addresses)
    return Reach(office.key, office.name, office.holder, reader.division, office.key in edition.asked, channels, dead)


def _shortfalls(edition: Edition) -> Iterator[Shortfall]:
    for rung in edition.rules.ladder.rungs:
        for dispatch in (*rung.dispatches, *(reminder.dispatch for reminder in rung.reminders)):
            whom = _whom(edition, dispatch)
            unreached = tuple(key for key in whom if not set(edition.readers[key].addresses) & set(dispatch.channels))
            if unreached:
                yield Shortfall(rung.key, dispatch.wording, dispatch.channels, len(whom), unreached)


def _whom(edition: Edition, dispatch: Dispatch) -> tuple[str, ...]:
    return edition.asked if dispatch.audience == ADDRESSEES else edition.members.get(dispatch.audience, ())
