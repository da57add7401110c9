"""Where somebody may live, and who represents them: what is found of a place."""

from dataclasses import asdict, dataclass
from typing import Any

from campaigns.addressee import Addressee
from channels.channel import CHANNELS


@dataclass(frozen=True, slots=True)
class Place:
    """A division, by its name."""

    division: str
    name: str


@dataclass(frozen=True, slots=True)
class Representation:
    """Who represents the people of a place.

    `people`: those of the division itself first, then those of what it lies in. `is_vacant`: nobody sits for the
    division itself. `instead`: whom the campaign names for those whom nobody represents.
    """

    people: tuple[Addressee, ...] = ()
    is_vacant: bool = False
    instead: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Where somebody may live.

    `places`: one, if it can be told. `countries`: several, if it is first to be asked in which of them. `is_unsure`: a
    service that might have told more did not answer.
    """

    places: tuple[Place, ...] = ()
    countries: tuple[str, ...] = ()
    is_unsure: bool = False

    @property
    def place(self) -> Place | None:
        return self.places[0] if len(self.places) == 1 and not self.countries else None


def account(finding: Finding, told: Representation) -> dict[str, Any]:
    """Where a place lies and who represents it, as plain values."""
    return {
        "places": [asdict(each) for each in finding.places],
        "countries": list(finding.countries),
        "is_unsure": finding.is_unsure,
        "is_vacant": told.is_vacant,
        "representatives": [_person(each) for each in told.people],
        "instead": [_person(each) for each in told.instead],
    }


def _person(addressee: Addressee) -> dict[str, Any]:
    usable = {point.channel for point in addressee.contact_points.all() if point.is_usable}
    return {
        "key": addressee.key,
        "name": addressee.name,
        "holder": addressee.holder,
        "division": addressee.division,
        "channels": [name for name in CHANNELS if name in usable],
    }
