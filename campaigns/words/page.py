"""What one message has used so far while it is being written: every step is counted, so that writing always ends."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from jinja2 import Undefined

from campaigns.words import places
from campaigns.words.limits import LONGEST_PIECE, MOST_STEPS, MOST_VALUES
from campaigns.words.link import Link
from campaigns.words.problem import Refused

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\U000f0000-\U0010ffff]")
NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class Page:
    """The reader's language and zone, what the wording has spent, and the values it has put in.

    In a letter a value never passes through Markdown: a single character stands in its place until the letter is
    set, which is why data can never become markup.
    """

    def __init__(self, language: str, time_zone: str) -> None:
        self.language = language
        self.time_zone = time_zone
        self.steps = 0
        self.places: dict[tuple[type, str], str] = {}

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise Refused(f"this wording would never end: its loops and lists take more than {MOST_STEPS:,} turns")

    def place(self, value: object) -> str:
        """What to write into Markdown for `value`: digits for a number, a place to fill for a text."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        text = plain(value).strip()
        self.spend(cost(text))
        if not text:
            return ""
        known = (Link if isinstance(value, Link) else str, text)
        if known not in self.places and len(self.places) >= MOST_VALUES:
            raise Refused(f"this wording puts in more than {MOST_VALUES:,} different values")
        return self.places.setdefault(known, chr(places.FIRST + len(self.places)))


def plain(value: object) -> str:
    """A value as text, without control characters, its line ends as `\\n`. Raises Refused for what is not text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Undefined):
        return str(value)  # which says that there is no such name
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(_what_to_write_instead(value))
    return str(value)


def clean(text: str) -> str:
    return text if text.isalnum() else CONTROLS.sub("", NEWLINES.sub("\n", text.replace("\t", " ")))


def bounded(text: str) -> str:
    if len(text) > LONGEST_PIECE:
        raise Refused(f"this wording puts together a value of more than {LONGEST_PIECE:,} characters")
    current().spend(cost(text))
    return text


def cost(value: object) -> int:
    """Turns it takes to go through a value once: an item of a list counts as one, and so do a hundred characters."""
    if isinstance(value, str):
        return len(value) // 100
    return len(value) if isinstance(value, tuple | list) else 0


def current() -> Page:
    return _current.get()


@contextmanager
def written_on(page: Page) -> Iterator[None]:
    """Filters called inside work on this page."""
    token = _current.set(page)
    try:
        yield
    finally:
        _current.reset(token)


def _what_to_write_instead(value: object) -> str:
    if value is None:
        return "there is nothing here to write: put it inside an {% if %}"
    if isinstance(value, bool):
        return "a yes or no cannot be written: put it inside an {% if %}"
    if isinstance(value, date):
        return "a date is written with a filter: |day or |moment"
    if isinstance(value, tuple | list):
        return "a list is written with a filter: |listing or |join(', '), or in a {% for %}"
    return f"{type(value).__name__.lower()} is not text: name the part of it that you want, such as .name or .title"


_current: ContextVar[Page] = ContextVar("page")
