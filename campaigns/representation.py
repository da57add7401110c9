"""Who represents whom: a division is represented by its own representatives and by those of what it lies in."""

from collections.abc import Collection


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
