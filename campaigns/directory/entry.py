from collections.abc import Mapping
from dataclasses import dataclass, field

STAYS_WITH_THE_SEAT = ("phone", "post")
"""Columns of an office that answers while nobody holds it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An office in a directory, and who holds it; nobody, if `holder` is empty.

    `addresses`: by column of addressees.csv. `languages`, `weekend`: as that file writes them.
    """

    key: str
    name: str
    holder: str
    salutation: str
    country: str
    languages: str
    time_zone: str
    weekend: str
    division: str
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """`prefixes`: how the keys of its entries begin. `supplies`: the columns of addresses that it is the source of."""

    entries: tuple[Entry, ...]
    prefixes: tuple[str, ...]
    supplies: tuple[str, ...]
