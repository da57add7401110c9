"""What kind of thing each name in a wording stands for, read from the types of the context."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jinja2.runtime import LoopContext

from campaigns.words.context import UNSEEN, Context


@dataclass(frozen=True, slots=True)
class Many:
    """Several things of one kind."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Loop:
    """Jinja's `loop`, as far as a wording may use it."""

    index: int
    index0: int
    revindex: int
    revindex0: int
    first: bool
    last: bool
    length: int


Shape = type | Many
PARTS_OF_A_DATE = {"year": int, "month": int, "day": int}
PARTS_OF_A_MOMENT = {**PARTS_OF_A_DATE, "hour": int, "minute": int}


@cache
def names() -> dict[str, Shape]:
    """Every name a wording may use, and its shape."""
    return {name: shape for name, shape in attributes(Context).items() if name not in UNSEEN}


@cache
def attributes(shape: Shape) -> dict[str, Shape]:
    """What `shape` offers after a dot."""
    if shape is datetime:
        return dict(PARTS_OF_A_MOMENT)
    if shape is date:
        return dict(PARTS_OF_A_DATE)
    if isinstance(shape, Many) or not is_dataclass(shape):
        return {}
    hints = get_type_hints(shape)
    return {field.name: _shape(hints[field.name]) for field in fields(shape)}


def offered_by(value: object) -> dict[str, Shape]:
    """What a value of any type offers; nothing if it is not one of those above."""
    kind: Any = Loop if isinstance(value, LoopContext) else type(value)
    return attributes(kind)


def in_words(shape: Shape) -> str:
    if isinstance(shape, Many):
        return "a list"
    if is_dataclass(shape):
        return f"{'an' if shape.__name__[0] in 'AEIOU' else 'a'} {shape.__name__.lower()}"
    if issubclass(shape, date):
        return "a date"
    return "text" if issubclass(shape, str) else "a number"


def _shape(annotation: Any) -> Shape:
    if isinstance(annotation, UnionType):
        return _shape(next(each for each in get_args(annotation) if each is not type(None)))
    if get_origin(annotation) is tuple:
        return Many(_shape(get_args(annotation)[0]))
    assert isinstance(annotation, type)
    return annotation
