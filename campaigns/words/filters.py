"""What a wording may do with what it is given. A filter takes time and space in proportion to its input, and pays."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from jinja2.runtime import Undefined

from campaigns.words import dates
from campaigns.words.page import bounded, cost, current, plain
from campaigns.words.problem import Refused
from campaigns.words.shape import offered_by


def day(value: object) -> str:
    return dates.day(_date(value, "day"), current().language, current().time_zone)


def moment(value: object) -> str:
    when = _date(value, "moment")
    if not isinstance(when, datetime):
        raise Refused("|moment needs a date with a time of day; use |day")
    return dates.moment(when, current().language, current().time_zone)


def number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("|number needs a number")
    return dates.number(value, current().language)


def listing(items: object, attribute: str | None = None) -> str:
    """«a, b and c» in the reader's language."""
    return bounded(dates.listing([plain(each) for each in _parts(items, attribute)], current().language))


def join(items: object, between: str = "", attribute: str | None = None) -> str:
    pieces = [plain(each) for each in _parts(items, attribute)]
    if len(between) * len(pieces) > 100_000:
        raise Refused("|join puts too much between the pieces")
    return bounded(plain(between).join(pieces))


def length(items: object) -> int:
    if isinstance(items, str | tuple | list):
        return len(items)
    raise Refused("|length needs a list or a text")


def first(items: object) -> object:
    return _one(items, 0)


def last(items: object) -> object:
    return _one(items, -1)


def upper(text: object) -> str:
    return plain(text).upper()


def lower(text: object) -> str:
    return plain(text).lower()


def title(text: object) -> str:
    return plain(text).title()


def capitalize(text: object) -> str:
    return plain(text).capitalize()


def trim(text: object) -> str:
    return plain(text).strip()


def truncate(text: object, longest: int = 80) -> str:
    """At most `longest` characters, cut at a word, with an ellipsis where something was cut."""
    whole = plain(text)
    if len(whole) <= longest:
        return whole
    return whole[: max(longest - 1, 0)].rsplit(" ", 1)[0].rstrip() + "…"


def default(value: object, instead: object = "", also_if_empty: bool = True) -> object:
    missing = isinstance(value, Undefined) or value is None or (also_if_empty and value == "")
    return instead if missing else value


def mapped(items: object, attribute: str) -> tuple[object, ...]:
    return tuple(_parts(items, attribute))


def select(items: object, test: str = "filled", other: object = None) -> tuple[object, ...]:
    return tuple(each for each in _sequence(items) if _passes(each, test, other))


def reject(items: object, test: str = "filled", other: object = None) -> tuple[object, ...]:
    return tuple(each for each in _sequence(items) if not _passes(each, test, other))


def selectattr(items: object, attribute: str, test: str = "filled", other: object = None) -> tuple[object, ...]:
    return tuple(each for each in _sequence(items) if _passes(part(each, attribute), test, other))


def rejectattr(items: object, attribute: str, test: str = "filled", other: object = None) -> tuple[object, ...]:
    return tuple(each for each in _sequence(items) if not _passes(part(each, attribute), test, other))


def sort(items: object, attribute: str | None = None, reverse: bool = False) -> tuple[object, ...]:
    def key(item: object) -> Any:
        value = part(item, attribute) if attribute else item
        return value.casefold() if isinstance(value, str) else value

    return tuple(sorted(_sequence(items), key=key, reverse=reverse))


def reverse(items: object) -> tuple[object, ...]:
    return tuple(_sequence(items))[::-1]


def part(item: object, attribute: str) -> object:
    """One attribute of a thing from the context, and nothing else."""
    if attribute not in offered_by(item):
        raise Refused(f"there is no .{attribute} here")
    return getattr(item, attribute)


def counted(items: object) -> Sequence[object]:
    """What a loop goes through, paid for turn by turn in advance."""
    sequence = _sequence(items)
    current().spend(len(sequence))
    return sequence


def searched(whole: object) -> Sequence[object]:
    """What `in` looks through: a list or a text."""
    if not isinstance(whole, str | tuple | list):
        raise Refused("`in` looks through a list or a text")
    current().spend(cost(whole))
    return whole


def joined(pieces: Sequence[object]) -> str:
    """`a ~ b ~ c`."""
    return bounded("".join(map(plain, pieces)))


def _date(value: object, name: str) -> date:
    if value is None:
        raise Refused(f"|{name} needs a date, and there is none here: put it inside an {{% if %}}")
    if not isinstance(value, date):
        raise Refused(f"|{name} needs a date")
    return value


def _sequence(items: object) -> Sequence[object]:
    if isinstance(items, tuple | list):
        return items
    raise Refused("only a list that the wording is given can be gone through: demands, facts, silent, …")


def _parts(items: object, attribute: str | None) -> list[object]:
    return [part(each, attribute) if attribute else each for each in _sequence(items)]


def _one(items: object, index: int) -> object:
    sequence = _sequence(items)
    if not sequence:
        raise Refused("the list is empty, so it has no first and no last: put it inside an {% if %}")
    return sequence[index]


def _passes(value: object, test: str, other: object) -> bool:
    if test not in COMPARISONS:
        raise Refused(f"{test!r} is not a test: use {', '.join(sorted(COMPARISONS))}")
    return COMPARISONS[test](value, other)


COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "filled": lambda value, _: bool(value),
    "equalto": lambda value, other: value == other,
    "eq": lambda value, other: value == other,
    "ne": lambda value, other: value != other,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": capitalize, "count": length, "d": default, "day": day, "default": default, "first": first,
    "join": join, "last": last, "length": length, "listing": listing, "lower": lower, "map": mapped,
    "moment": moment, "number": number, "reject": reject, "rejectattr": rejectattr, "reverse": reverse,
    "select": select, "selectattr": selectattr, "sort": sort, "title": title, "trim": trim,
    "truncate": truncate, "upper": upper,
}  # fmt: skip
SAME_LIST = frozenset({"reject", "rejectattr", "reverse", "select", "selectattr", "sort"})
BY_ATTRIBUTE = {"join": 1, "listing": 0, "map": 0, "rejectattr": 0, "selectattr": 0, "sort": 0}  # place of the argument
