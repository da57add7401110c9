"""Where a recipient lives: the clock, the weekend and the public holidays that count for them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase


@dataclass(frozen=True, slots=True)
class Place:
    """`country` is an ISO 3166 code, empty for none; `weekend` holds days of the week, 0 for Monday."""

    zone: ZoneInfo
    country: str = ""
    weekend: frozenset[int] = frozenset({5, 6})

    def rest_on(self, day: date, *, weekends: bool, holidays: bool) -> str | None:
        """Why nobody is at work there that day, as far as it is asked about: «the weekend», or a holiday's name."""
        if weekends and day.weekday() in self.weekend:
            return "the weekend"
        return _holidays(self.country, day.year).get(day) if holidays and self.country else None


@cache
def weekend_of(country: str) -> frozenset[int]:
    """The weekend of a country, Saturday and Sunday where nobody knows it."""
    from holidays import country_holidays  # knows every country, which most processes need not

    try:
        return frozenset(country_holidays(country).weekend)
    except NotImplementedError:
        return frozenset({5, 6})


@cache
def _holidays(country: str, year: int) -> "HolidayBase":
    """The country's public holidays, their names in English where known; none for a country the library lacks."""
    from holidays import HolidayBase, country_holidays

    try:
        return country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return HolidayBase()
