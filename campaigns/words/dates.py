"""Days, moments, numbers and lists as the reader's language writes them (Unicode CLDR, through Babel)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

INTERNATIONAL = {"en": "en-GB"}  # day before month, 24 hours, for readers all over the world
MOMENT = {"en": "{time} on {day} ({zone} time)"}  # CLDR's own pattern everywhere else


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """The locale of a language code such as `hy` or `pt-BR`. Raises ValueError if CLDR has none."""
    try:
        return Locale.parse(INTERNATIONAL.get(language, language), sep="-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise ValueError(f"there are no rules for writing dates and numbers in {language!r}") from error


def day(value: date | datetime, language: str, zone: str) -> str:
    """«5 May 2023»: the day it is in `zone`."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return format_date(value, "long", locale=locale_of(language))


def moment(value: datetime, language: str, zone: str) -> str:
    """«23:59 on 5 May 2023 (Yerevan time)»."""
    locale = locale_of(language)
    time = format_time(value.astimezone(ZoneInfo(zone)), "short", locale=locale)
    pattern = MOMENT.get(language)
    if pattern:
        return pattern.format(time=time, day=day(value, language, zone), zone=_place(zone, locale))
    together = str(locale.datetime_formats["long"]).replace("'", "")
    return f"{together.format(time, day(value, language, zone))} ({_place(zone, locale)})"


def number(value: float, language: str) -> str:
    return format_decimal(value, locale=locale_of(language))


def percent(share: float, language: str) -> str:
    """«12%», without a fraction."""
    return format_percent(share, locale=locale_of(language))


def listing(items: Sequence[str], language: str) -> str:
    """«a, b and c»."""
    return format_list(items, locale=locale_of(language))


def is_right_to_left(language: str) -> bool:
    return locale_of(language).text_direction == "rtl"


@lru_cache(maxsize=256)
def _place(zone: str, locale: Locale) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)
