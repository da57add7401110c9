"""The seats of the United States Congress: two senators for a state, representatives by district, six delegates.

Number of districts: 2 U.S.C. 2a, as apportioned after the census of 2020. Names of divisions: Open Civic Data ids,
where the district of a state that has only one is the state itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaigns.locality import Lies

STATES = {
    "AL": ("Alabama", 7), "AK": ("Alaska", 1), "AZ": ("Arizona", 9), "AR": ("Arkansas", 4), "CA": ("California", 52),
    "CO": ("Colorado", 8), "CT": ("Connecticut", 5), "DE": ("Delaware", 1), "FL": ("Florida", 28),
    "GA": ("Georgia", 14), "HI": ("Hawaii", 2), "ID": ("Idaho", 2), "IL": ("Illinois", 17), "IN": ("Indiana", 9),
    "IA": ("Iowa", 4), "KS": ("Kansas", 4), "KY": ("Kentucky", 6), "LA": ("Louisiana", 6), "ME": ("Maine", 2),
    "MD": ("Maryland", 8), "MA": ("Massachusetts", 9), "MI": ("Michigan", 13), "MN": ("Minnesota", 8),
    "MS": ("Mississippi", 4), "MO": ("Missouri", 8), "MT": ("Montana", 2), "NE": ("Nebraska", 3), "NV": ("Nevada", 4),
    "NH": ("New Hampshire", 2), "NJ": ("New Jersey", 12), "NM": ("New Mexico", 3), "NY": ("New York", 26),
    "NC": ("North Carolina", 14), "ND": ("North Dakota", 1), "OH": ("Ohio", 15), "OK": ("Oklahoma", 5),
    "OR": ("Oregon", 6), "PA": ("Pennsylvania", 17), "RI": ("Rhode Island", 2), "SC": ("South Carolina", 7),
    "SD": ("South Dakota", 1), "TN": ("Tennessee", 9), "TX": ("Texas", 38), "UT": ("Utah", 4), "VT": ("Vermont", 1),
    "VA": ("Virginia", 11), "WA": ("Washington", 10), "WV": ("West Virginia", 2), "WI": ("Wisconsin", 8),
    "WY": ("Wyoming", 1),
}  # fmt: skip
WITH_DELEGATES = {
    "AS": "American Samoa", "DC": "the District of Columbia", "GU": "Guam", "MP": "the Northern Mariana Islands",
    "PR": "Puerto Rico", "VI": "the U.S. Virgin Islands",
}  # fmt: skip
COUNTRY = "ocd-division/country:us"
CLASSES = (1, 2, 3)


class Chamber(StrEnum):
    SENATE = "sen"
    HOUSE = "rep"


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """`number`: a senator's class, or a representative's district; 0 where one district is the whole state."""

    chamber: Chamber
    state: str
    number: int

    @property
    def key(self) -> str:
        house = "senate" if self.chamber is Chamber.SENATE else "house"
        return f"us-{house}-{self.state.lower()}" + (f"-{self.number}" if self.number else "")

    @property
    def title(self) -> str:
        """How who sits there is called: delegates speak in the House, and have no vote when it decides."""
        if self.chamber is Chamber.SENATE:
            return "Senator"
        if self.state in WITH_DELEGATES:
            return "Resident Commissioner" if self.state == "PR" else "Delegate"
        return "Representative"

    @property
    def name(self) -> str:
        place = WITH_DELEGATES[self.state] if self.state in WITH_DELEGATES else STATES[self.state][0]
        if self.chamber is Chamber.SENATE:
            return f"U.S. Senator for {place}, class {self.number}"
        return f"U.S. {self.title} for {place}" + (f", district {self.number}" if self.number else "")

    @property
    def division(self) -> str:
        """Whom they represent."""
        state = division_of(self.state)
        return f"{state}/cd:{self.number}" if self.chamber is Chamber.HOUSE and self.number else state


def division_of(state: str) -> str:
    """A state, territory or the District, by its two letters."""
    kind = {"DC": "district"}.get(state, "territory") if state in WITH_DELEGATES else "state"
    return f"{COUNTRY}/{kind}:{state.lower()}"


def localities() -> Iterator[Lies]:
    """Every division that is represented in Congress, by its name."""
    for state, (name, districts) in STATES.items():
        yield Lies("US", "", name, division_of(state))
        if districts > 1:
            for seat in (Seat(Chamber.HOUSE, state, number) for number in range(1, districts + 1)):
                yield Lies("US", "", f"{name}, district {seat.number}", seat.division)
    for state, name in WITH_DELEGATES.items():
        yield Lies("US", "", name.removeprefix("the ").removeprefix("U.S. "), division_of(state))


def house() -> Iterator[Seat]:
    """Every seat of the House of Representatives, those of the delegates among them."""
    for state, (_, districts) in STATES.items():
        numbers = range(1, districts + 1) if districts > 1 else (0,)
        yield from (Seat(Chamber.HOUSE, state, number) for number in numbers)
    yield from (Seat(Chamber.HOUSE, state, 0) for state in WITH_DELEGATES)
