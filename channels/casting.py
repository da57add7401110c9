"""Letters to readers with ordinary names and addresses, cast from moulds: a third of the work of making them whole."""

import random
import re
import string
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

from channels.letter import Letter
from channels.mould import Mould, mould
from channels.skeleton import USUAL, USUAL_LENGTH

NAME = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
LONGEST_NAME = 32
LONGEST_TOGETHER = 64  # characters of a name and an address that surely stand on one line of a header
SHAPE = str.maketrans(string.ascii_letters + string.digits, "x" * 62)
MOST = 4096  # shapes


class Own(NamedTuple):
    """What a letter has for its reader alone. `leave`: the link by which they leave; `at`: its date."""

    key: str
    name: str
    address: str
    leave: str
    at: datetime


class Cast(NamedTuple):
    """A mould, and the letter it was first made from, with that letter's key."""

    mould: Mould
    letter: Letter


class Casting:
    """`full`: makes one letter in full, or None if it cannot. `leave`: a link as readers have them, another each time.

    Names of one shape (the same lengths of words) break the lines of a letter at the same places. Two letters are made
    in full for each shape; if they differ in nothing but their values, so will all others.
    """

    def __init__(self, full: Callable[[Own], Letter | None], leave: Callable[[], str]) -> None:
        self._full, self._leave = full, leave
        self._casts: dict[str, Cast | None] = {}
        self._dated: tuple[datetime | None, bytes] = (None, b"")

    def letter(self, own: Own) -> Letter | None:
        """The same letter, to the byte, that `full` makes. Raises what it raises."""
        if not _is_ordinary(own):
            return self._full(own)
        shape = own.name.translate(SHAPE)
        if shape not in self._casts and len(self._casts) < MOST:
            self._casts[shape] = self._first(shape, own.at)
        found = self._casts.get(shape)
        return self._full(own) if found is None else self._cast(found, own)

    def _cast(self, found: Cast, own: Own) -> Letter:
        key, name, address, leave, at = own
        if at is not self._dated[0]:
            self._dated = (at, format_datetime(at).encode())
        values = (key.encode(), name.encode(), address.encode(), leave.encode(), self._dated[1])
        first = found.letter
        sender, message_id = first.sender.replace(first.key, key), first.message_id.replace(first.key, key)
        return Letter(key, address, sender, found.mould.cast(values), False, message_id)

    def _first(self, shape: str, at: datetime) -> Cast | None:
        one, other = self._sample(shape, at), self._sample(shape, at + timedelta(days=1, seconds=1))
        first, second = self._full(one), self._full(other)
        if first is None or second is None or first.smtputf8 or (first.to, second.to) != (one.address, other.address):
            return None
        found = mould(first.data, _values(one), second.data, _values(other))
        return None if found is None else Cast(found, first)

    def _sample(self, shape: str, at: datetime) -> Own:
        key = f"{random.getrandbits(128):032x}"
        name = "".join(random.choice(string.ascii_lowercase) if each == "x" else each for each in shape)
        return Own(key, name, f"{_word(8)}@{_word(8)}.invalid", self._leave(), at)


def _is_ordinary(own: Own) -> bool:
    name, address = own.name, own.address
    return bool(
        len(name) <= LONGEST_NAME
        and len(address) <= USUAL_LENGTH
        and len(name) + len(address) <= LONGEST_TOGETHER
        and NAME.fullmatch(name)
        and USUAL.fullmatch(address)
    )


def _values(own: Own) -> tuple[bytes, ...]:
    key, name, address, leave, at = own
    return key.encode(), name.encode(), address.encode(), leave.encode(), format_datetime(at).encode()


def _word(length: int) -> str:
    return "".join(random.choices(string.ascii_lowercase, k=length))
