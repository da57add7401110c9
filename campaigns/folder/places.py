"""Languages, countries and time zones that exist, and what was probably meant by those that do not."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from campaigns.words.dates import locale_of
from campaigns.words.near import nearest

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALSO_CALLED = {"USA": "US", "UK": "GB", "EN": "GB"}
Problem = tuple[str, str]  # a sentence, and what was probably meant


@cache
def language_problem(code: str) -> Problem | None:
    """What is wrong with a language code of an addressee: anything CLDR has a name for is a language."""
    base, *more = code.split("-")
    if base in languages() and (not more or _has_locale(code)):
        return None
    return "there is no such language code", _language_meant(code)


def writing_problem(code: str) -> Problem | None:
    """What is wrong with a language wordings are written in: its dates and numbers must be known, too."""
    if problem := language_problem(code):
        return problem
    return None if _has_locale(code) else ("dates and numbers cannot be written in this language", "")


@cache
def zone_problem(name: str) -> Problem | None:
    if name in zones():
        return None
    joined = {zone.replace("_", "").casefold(): zone for zone in zones()}
    folded = name.replace("_", "").replace(" ", "").casefold()
    return "there is no such time zone", joined.get(folded) or nearest(name, zones()) or _zone_of_city(name)


@cache
def country_problem(code: str) -> Problem | None:
    if code in countries():
        return None
    if code.upper() in countries() and len(code) == 2:
        return "a country is a code of two capital letters (ISO 3166)", code.upper()
    names = {name: each for each, name in countries().items()}
    meant = ALSO_CALLED.get(code.upper()) or names.get(nearest(code, names), "")
    return "there is no such country code (ISO 3166: two letters)", meant


def weekday_problem(day: str) -> Problem | None:
    if day in DAYS:
        return None
    return f"a day of the weekend is one of: {', '.join(DAYS)}", nearest(day[:3], DAYS)


@cache
def languages() -> dict[str, str]:
    """Language codes CLDR knows, with their English names."""
    names: dict[str, str] = dict(Locale("en").languages)
    return {code: name for code, name in names.items() if "_" not in code}


@cache
def countries() -> dict[str, str]:
    names: dict[str, str] = dict(Locale("en").territories)
    return {
        code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }


@cache
def zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


@cache
def _has_locale(code: str) -> bool:
    try:
        locale_of(code)
    except ValueError:
        return False
    return True


def _language_meant(code: str) -> str:
    """`maltese` → `mt`, `EN` → `en`."""
    if code.lower() in languages():
        return code.lower()
    by_name = {name.casefold(): each for each, name in languages().items()}
    return by_name.get(nearest(code, by_name), "")


def _zone_of_city(name: str) -> str:
    cities = {zone.rsplit("/", 1)[-1]: zone for zone in sorted(zones(), reverse=True)}
    return cities.get(nearest(name.rsplit("/", 1)[-1].replace(" ", "_"), cities), "")
