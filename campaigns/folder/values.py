"""The kinds of value a campaign file holds, each read from the text somebody wrote. Errors are sentences."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from campaigns.deadline import Days, Patience
from campaigns.folder.places import Problem, language_problem, zone_problem
from campaigns.words.link import is_link
from campaigns.words.near import nearest

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
SPAN = re.compile(rf"(\d{{1,4}})\s+({'|'.join(UNITS)})s?")
BUSINESS = re.compile(r"(\d{1,4})\s+business\s+days?")
MOST_BUSINESS_DAYS = 1000
YEARS = range(1970, 2101)
HERE = ("localhost", "127.0.0.1")
SITE = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost|127\.0\.0\.1)"
    r"(?::\d{1,5})?"
)
LONGEST_SPAN = timedelta(days=3650)


class Wrong(ValueError):
    """A value is not what it must be."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Known:
    """What other parts of the same file define, as far as they can be read at all."""

    languages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def known(info: ValidationInfo) -> Known:
    return info.context if isinstance(info.context, Known) else Known()


def words(value: object) -> str:
    """A text of one value."""
    if not isinstance(value, str):
        raise Wrong("a text is needed here" if value is not None else "this is empty")
    if not value.strip():
        raise Wrong("this is empty")
    return value.strip()


def text(value: object, info: ValidationInfo) -> dict[str, str]:
    """The same text in every language, or one for each: always a map that covers the campaign's languages."""
    languages = known(info).languages
    if not isinstance(value, dict):
        return dict.fromkeys(languages or ("",), words(value))
    said = {language: words(each) for language, each in value.items()}
    for language in said:
        if languages and language not in languages:
            raise Wrong(f"{language!r} is not a language of this campaign", nearest(language, languages))
    missing = [language for language in languages if language not in said]
    if missing:
        raise Wrong(f"this text is not there in {', '.join(missing)}")
    return said


def key(value: object) -> str:
    name = words(value)
    if not re.fullmatch(KEY, name) or len(name) > 60:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise Wrong("a key is small letters, digits and hyphens, at most 60", plain[:60])
    return name


def span(value: object) -> timedelta:
    """«7 days», «48 hours»: a number and a unit."""
    found = SPAN.fullmatch(words(value))
    if not found:
        raise Wrong("a span of time is a number and minutes, hours, days or weeks: 7 days", _nearest_span(str(value)))
    length = int(found.group(1)) * UNITS[found.group(2)]
    if length > LONGEST_SPAN:
        raise Wrong("no span of time is longer than ten years")
    return length


def patience(value: object) -> timedelta:
    length = span(value)
    if not length:
        raise Wrong("there must be some time to act: at least 1 minute")
    return length


def patience_of(value: object) -> Patience:
    """«7 days», «5 business days»."""
    found = BUSINESS.fullmatch(words(value))
    if not found:
        return Patience(patience(value))
    if not 0 < int(found.group(1)) <= MOST_BUSINESS_DAYS:
        raise Wrong(f"business days are from 1 to {MOST_BUSINESS_DAYS}")
    return Patience(timedelta(days=int(found.group(1))), days=Days.BUSINESS)


def local_time(value: object) -> datetime:
    """A time of the campaign's own clock, to the minute or second, without an offset."""
    written = words(value)
    for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            moment = datetime.strptime(written, pattern)  # noqa: DTZ007 (the zone stands beside it in the file)
        except ValueError:
            continue
        if moment.year not in YEARS:
            raise Wrong(f"a campaign is published between {YEARS.start} and {YEARS.stop - 1}")
        return moment
    raise Wrong("a time is year-month-day hour:minute, on the clock of time_zone: 2023-04-28 10:00")


def day(value: object) -> date:
    written = words(value)
    try:
        return datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError as error:
        raise Wrong("a date is year-month-day: 2023-04-28") from error


def language(value: object) -> str:
    return _without_problem(words(value), language_problem)


def zone(value: object) -> str:
    return _without_problem(words(value), zone_problem)


def web(value: object) -> str:
    address = words(value)
    if not is_link(address) or address.startswith("mailto:"):
        raise Wrong("a link begins with https:// or http:// and has no spaces", f"https://{address}")
    return address


def site(value: object) -> str:
    """Where pages come from (an origin, RFC 6454): https, a name, and a port if it is an unusual one."""
    written = words(value)
    found = SITE.fullmatch(written.casefold())
    if found and (found["scheme"] == "https" or found["host"] in HERE):
        return found[0]
    guess = SITE.match(written.casefold()) or SITE.match(f"https://{written.casefold()}")
    raise Wrong("a site is https:// and a name, with nothing after it", f"https://{guess['host']}" if guess else "")


def one_of(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        word = words(value)
        if word not in choices:
            raise Wrong(f"this is one of: {', '.join(choices)}", nearest(word, choices))
        return word

    return check


def terms(value: object, info: ValidationInfo) -> dict[str, dict[str, str]]:
    """Words in other languages, each map covering any of them."""
    if not isinstance(value, Mapping):
        raise Wrong("this is a map: a text of addressees.csv, then its words by language")
    languages = known(info).languages
    for term, said in value.items():
        if not isinstance(said, Mapping):
            raise Wrong(f"“{term}” has no languages: {{fr: …, ru: …}}")
        for each, word in said.items():
            if languages and each not in languages:
                raise Wrong(f"“{term}” is given in {each!r}, not a language of this campaign", nearest(each, languages))
            words(word)
    return {term: {each: str(word).strip() for each, word in said.items()} for term, said in value.items()}


def _without_problem(value: str, problem: Callable[[str], Problem | None]) -> str:
    if found := problem(value):
        raise Wrong(*found)
    return value


def _nearest_span(value: str) -> str:
    found = re.match(r"\s*(\d{1,4})\s*([a-z]+)", value.lower())
    unit = nearest(found.group(2), [*UNITS, *(f"{unit}s" for unit in UNITS)]) if found else ""
    return f"{found.group(1)} {unit}" if found and unit else ""


def _schema(pattern: str = "", **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **({"pattern": f"^{pattern}$"} if pattern else {}), **more})


def choice(choices: Iterable[str]) -> tuple[BeforeValidator, WithJsonSchema]:
    listed = list(choices)
    return BeforeValidator(one_of(*listed)), WithJsonSchema({"type": "string", "enum": listed})


_SPAN = rf"\d+ ({'|'.join(UNITS)})s?"
_LINES = {"type": "string", "minLength": 1}
_TEXT = {"anyOf": [_LINES, {"type": "object", "additionalProperties": _LINES}]}
_TERMS = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _LINES}}
Words = Annotated[str, BeforeValidator(words), WithJsonSchema(_LINES)]
Text = Annotated[dict[str, str], BeforeValidator(text), WithJsonSchema(_TEXT)]
Key = Annotated[str, BeforeValidator(key), _schema(KEY)]
Span = Annotated[timedelta, BeforeValidator(span), _schema(_SPAN)]
Wait = Annotated[timedelta, BeforeValidator(patience), _schema(_SPAN)]
_PATIENCE = rf"\d+ (business days?|({'|'.join(UNITS)})s?)"
HowLong = Annotated[Patience, BeforeValidator(patience_of), _schema(_PATIENCE)]
LocalTime = Annotated[datetime, BeforeValidator(local_time), _schema(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")]
Day = Annotated[date, BeforeValidator(day), _schema(r"\d{4}-\d\d-\d\d")]
Language = Annotated[str, BeforeValidator(language), _schema(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")]
Zone = Annotated[str, BeforeValidator(zone), _schema()]
Site = Annotated[str, BeforeValidator(site), _schema(format="uri")]
Web = Annotated[str, BeforeValidator(web), _schema(format="uri")]
Terms = Annotated[dict[str, dict[str, str]], BeforeValidator(terms), WithJsonSchema(_TERMS)]


def in_zone(moment: datetime, time_zone: str) -> datetime:
    """The local time as an aware one. Raises Wrong if clocks there skip it."""
    aware = moment.replace(tzinfo=ZoneInfo(time_zone))
    if aware.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(time_zone)).replace(tzinfo=None) != moment:
        raise Wrong(f"there is no such time in {time_zone}: the clocks are put forward then")
    return aware
