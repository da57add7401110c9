"""Who in a campaign represents the people of a place, and how a place is found."""

from dataclasses import dataclass

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.locality import Localities, Locality
from campaigns.representation import covering, is_represented


@dataclass(frozen=True, slots=True)
class Place:
    """A division, by its name."""

    division: str
    name: str


class Map:
    """The divisions in which somebody of the campaign represents people, as far as they have names."""

    def __init__(self, campaign: Campaign) -> None:
        members = Addressee.objects.filter(memberships__group__campaign=campaign)
        self.addressees = members.exclude(division="").distinct()
        represented = set(self.addressees.order_by().values_list("division", flat=True))
        named = Locality.objects.named() if represented else ()
        rows = [row for row in named if is_represented(row.division, represented)]
        self._names = {row.division: row.place for row in rows}
        self.countries = sorted({row.country for row in rows})

    def __bool__(self) -> bool:
        return bool(self._names)

    def place(self, division: str) -> Place | None:
        """The place; None if the map does not have it."""
        return Place(division, self._names[division]) if division in self._names else None

    def within(self, division: str = "") -> list[Place]:
        """The places that lie in a division and in none between; without one, those that lie in none."""
        found = [Place(each, name) for each, name in self._names.items() if self._parent(each) == division]
        return sorted(found, key=lambda place: _in_order(place.name))

    def find(self, where: str) -> list[Place]:
        """Where a postcode, or a place by its name, lies: several if it cannot be told which."""
        here: Localities = Locality.objects.filter(country__in=self.countries)
        rows = here.called(where) or here.at_postcode(where)
        divisions = dict.fromkeys(self._nearest(row.division) for row in rows)
        return [Place(each, self._names[each]) for each in divisions if each]

    def representatives(self, division: str) -> list[Addressee]:
        """Those of the division itself first, then those of what it lies in."""
        order = covering(division)
        found = self.addressees.filter(division__in=order).prefetch_related("contact_points")
        return sorted(found, key=lambda each: (order.index(each.division), each.name))

    def _nearest(self, division: str) -> str:
        return next((each for each in covering(division) if each in self._names), "")

    def _parent(self, division: str) -> str:
        return next((each for each in covering(division)[1:] if each in self._names), "")


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """As people sort them: district 2 before district 10."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part.casefold()) for part in name.split()]
