"""Who in a campaign represents the people of a place, and how a place is found."""

from collections.abc import Collection, Iterable

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.finding import Finding, Place, Representation
from campaigns.locality import Locality
from campaigns.looking_up import look_up, service_for
from campaigns.representation import covering, is_represented
from channels.lookups import Division, Unanswered, Where
from channels.postcode import is_like_a_postcode


class Map:
    """The divisions in which somebody of the campaign represents people, as far as they have names."""

    def __init__(self, campaign: Campaign) -> None:
        self._fallbacks: list[str] = campaign.fallbacks
        members = Addressee.objects.filter(memberships__group__campaign=campaign)
        self.addressees = members.exclude(division="").distinct()
        represented = dict(self.addressees.order_by("division").values_list("division", "country"))
        self._represented = frozenset(represented)
        self._localities = Locality.objects.of(campaign)
        named = self._localities.named() if represented else ()
        rows = [row for row in named if is_represented(row.division, self._represented)]
        self._names = {row.division: row.place for row in rows}
        self.countries = sorted({row.country for row in rows} | (set(represented.values()) - {""}))

    def __bool__(self) -> bool:
        """Whether people can find here who represents them."""
        return bool(self._names) or bool(self._represented and service_for(self.countries))

    @property
    def takes_streets(self) -> bool:
        """Whether it can be told more exactly for who says their street, too."""
        service = service_for(self.countries)
        return service is not None and service.takes_streets

    def place(self, division: str) -> Place | None:
        """The place; None if it has no name and nobody represents it. Without a name it is called as the office is."""
        if division in self._names:
            return Place(division, self._names[division])
        office = self.addressees.filter(division=division).first() if division in self._represented else None
        return Place(division, office.name) if office else None

    def within(self, division: str = "") -> list[Place]:
        """The places that lie in a division and in none between; without one, those that lie in none."""
        found = (Place(each, name) for each, name in self._names.items() if self._parent(each) == division)
        return _sorted(found)

    def everywhere(self) -> list[Place]:
        """All of them."""
        return _sorted(Place(*each) for each in self._names.items())

    def look_up(self, where: str, country: str = "", street: str = "") -> Finding:
        """Where a postcode, or a place by its name, lies.

        What our own map cannot tell of a postcode, a service is asked, if there is one for the country. A street is
        said to that service and to nobody else. Without `country`, a postcode that several countries have leads to the
        question which of them is meant; where the campaign is about one only, it is that one.
        """
        countries = [country] if country else self.countries
        rows = [row for row in self._rows(where) if row.country in countries]
        meant = sorted({row.country for row in rows})
        if len(meant) > 1:
            return Finding(self._places(rows), tuple(meant))
        known = self._places(rows)
        asked = (meant or countries)[0] if len(meant or countries) == 1 else ""
        if not asked or not is_like_a_postcode(where) or (len(known) == 1 and not street):
            return Finding(known)
        try:
            told = self._told(look_up(Where(asked, where, street)))
        except Unanswered:
            return Finding(known, is_unsure=True)
        return Finding(told or known)

    def representatives(self, division: str) -> list[Addressee]:
        """Those of the division itself first, then those of what it lies in."""
        order = covering(division)
        found = self.addressees.filter(division__in=order).prefetch_related("contact_points")
        return sorted(found, key=lambda each: (order.index(each.division), each.name))

    def representation(self, division: str) -> Representation:
        """Who represents the people of a division, and who may be written to where nobody does.

        Of a place that has others inside it it cannot be said that nobody represents it.
        """
        people = self.representatives(division)
        is_held = any(each.holder for each in people if each.division == division)
        is_vacant = not is_held and not self.within(division)
        return Representation(tuple(people), is_vacant, tuple(self.fallbacks()) if is_vacant else ())

    def unrepresented(self) -> list[Place]:
        """The places with none inside them for which nobody sits."""
        held = set(self.addressees.exclude(holder="").order_by().values_list("division", flat=True))
        wider = {self._parent(each) for each in self._names}
        return _sorted(Place(each, name) for each, name in self._names.items() if each not in held | wider)

    def meant(self, finding: Finding) -> Representation:
        """Who represents the people of the place that was found; nobody, as long as it is not one place."""
        return self.representation(finding.place.division) if finding.place else Representation()

    def fallbacks(self) -> list[Addressee]:
        """Whom the campaign names for those whom nobody represents, in its order."""
        order = {key: place for place, key in enumerate(self._fallbacks)}
        found = Addressee.objects.filter(key__in=order).prefetch_related("contact_points")
        return sorted(found, key=lambda each: order[each.key])

    def _rows(self, where: str) -> list[Locality]:
        here = self._localities.filter(country__in=self.countries)
        return here.called(where) or here.at_postcode(where)

    def _places(self, rows: Iterable[Locality]) -> tuple[Place, ...]:
        divisions = {self._nearest(row.division) for row in rows} - {""}
        return tuple(_sorted(Place(each, self._names[each]) for each in divisions))

    def _told(self, divisions: Collection[Division]) -> tuple[Place, ...]:
        """The narrowest of those that a service named in which somebody represents people."""
        titles = {name: each.title for each in divisions for name in each.names} | self._names
        around = [[each for name in division.names for each in covering(name)] for division in divisions]
        ours = {next(filter(self._has, names), "") for names in around} - {""}
        wider = {each for name in ours for each in covering(name)[1:]}
        return tuple(_sorted(Place(each, titles.get(each) or each) for each in ours - wider))

    def _has(self, division: str) -> bool:
        return division in self._names or division in self._represented

    def _nearest(self, division: str) -> str:
        return next((each for each in covering(division) if each in self._names), "")

    def _parent(self, division: str) -> str:
        return next((each for each in covering(division)[1:] if each in self._names), "")


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: _in_order(place.name))


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """As people sort them: district 2 before district 10."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part.casefold()) for part in name.split()]
