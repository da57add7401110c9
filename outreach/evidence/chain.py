"""The chain: lines of canonical JSON, each holding the hash of the one before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.evidence.canonical import NotCanonical, canonical, read, sha256

START = "0" * 64
"""What the first line says came before it."""
NAMES = {
    "about": str,
    "addressee": str,
    "at": str,
    "committed": dict,
    "kind": str,
    "noted": str,
    "number": int,
    "previous": str,
    "told": dict,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log.

    `kind` and `about` name what it is about (a turn, a delivery, an outcome …), `addressee` whom it concerns, if one.
    `at`: when it happened, `noted`: when it was written here (UTC). `told` is there to be read; of what is in
    `committed` only a salted hash stands here, so that it can be shown, kept back or erased without breaking the chain.
    """

    number: int
    kind: str
    about: str
    addressee: str
    at: str
    noted: str
    told: Mapping[str, Any]
    committed: Mapping[str, str]
    previous: str

    @property
    def content(self) -> bytes:
        return canonical({name: getattr(self, name) for name in NAMES})

    @property
    def hash(self) -> str:
        return sha256(self.content)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold. `number`: which line, from 1."""

    number: int
    sentence: str


class Broken(ValueError):
    """A chain that does not hold, and where."""


def line_of(content: bytes) -> Line:
    """Raises NotCanonical if these bytes are no line of a chain."""
    said = read(content)
    if not isinstance(said, dict) or set(said) != set(NAMES):
        raise NotCanonical(f"a line has exactly the names {', '.join(NAMES)}")
    for name, kind in NAMES.items():
        if not isinstance(said[name], kind) or isinstance(said[name], bool):
            raise NotCanonical(f"“{name}” is not of the right kind")
    if not all(isinstance(each, str) for each in said["committed"].values()):
        raise NotCanonical("“committed” holds something that is no hash")
    return Line(**said)


def whole(contents: Iterable[bytes]) -> list[Line]:
    """The lines of a chain that holds. Raises Broken where it does not."""
    lines = []
    for each in check(contents):
        if isinstance(each, Break):
            raise Broken(f"entry {each.number}: {each.sentence}")
        lines.append(each)
    return lines


def check(contents: Iterable[bytes]) -> Iterator[Line | Break]:
    """The lines, and between them every place where the chain does not hold."""
    previous, number = START, 0
    for number, content in enumerate(contents, 1):
        try:
            line = line_of(content)
        except NotCanonical as odd:
            yield Break(number, str(odd))
        else:
            if line.number != number:
                yield Break(number, f"it says that it is number {line.number}")
            if line.previous != previous:
                yield Break(number, _break(number))
            yield line
        previous = sha256(content)


def _break(number: int) -> str:
    if number == 1:
        return "it says that something came before it, and it is the first"
    return f"the hash of entry {number - 1} is not the one it holds: one of the two was changed, added, lost or moved"
