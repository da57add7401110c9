"""Where a recipient lives: the clock, the weekend and the public holidays that count for them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import holidays


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
    try:
        return frozenset(holidays.country_holidays(country).weekend)
    except NotImplementedError:
        return frozenset({5, 6})


@cache
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    """The country's public holidays, their names in English where known; none for a country the library lacks."""
    try:
        return holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return holidays.HolidayBase()
