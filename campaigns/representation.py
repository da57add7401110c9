"""Who represents whom: a division is represented by its own representatives and by those of what it lies in."""

from collections.abc import Collection, Iterable


def covering(division: str) -> tuple[str, ...]:
    """The division itself and all it lies in, nearest first; none for none.

    `ocd-division/country:us/state:wa/cd:7` lies in the state and in the country (Open Civic Data ids: each part after
    the first names a division inside the one before). A division of any other name lies in nothing.
    """
    if not division.startswith("ocd-division/"):
        return (division,) if division else ()
    parts = division.split("/")
    return tuple("/".join(parts[:length]) for length in range(len(parts), 1, -1))


def is_represented(division: str, divisions: Collection[str]) -> bool:
    """Whether who lives in `division` is represented by somebody whose division is one of these."""
    return any(each in divisions for each in covering(division))


def narrowest(divisions: Iterable[str]) -> str:
    """The narrowest division that surely has somebody who lives in one of these; empty if there is none.

    Who lives in district 7 or 10 of a state lives in that state.
    """
    chains = [covering(division) for division in divisions]
    return next((each for each in chains[0] if all(each in chain for chain in chains)), "") if chains else ""


def of_country(country: str) -> str:
    """The division that a whole country is. `country`: its two letters (ISO 3166)."""
    return f"ocd-division/country:{country.lower()}"
