"""Who is named in a header such as From or To (RFC 5322, 3.4), in one pass whatever is written there."""

import re
from collections.abc import Iterator

from channels.incoming.head import readable
from channels.incoming.reading import Party

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@|]{1,64}@(?:[\w.-]{1,253}|\[[0-9A-Fa-f.:IPVv]{3,60}\])")
QUOTED_LOCAL = re.compile(r"\"[^\"\r\n]{1,64}\"@[\w.-]{1,253}")


def parties(value: str, most: int = 100) -> tuple[Party, ...]:
    """Everybody a header names, in order; of a group its members. What is no address keeps its name and has none."""
    found = []
    for piece in _pieces(value):
        if party := _party(piece):
            found.append(party)
        if len(found) == most:
            break
    return tuple(found)


def _pieces(value: str) -> Iterator[str]:
    """The value cut at the commas and semicolons that stand outside quotes, brackets and comments."""
    depth, is_quoted, is_escaped, is_angled, start = 0, False, False, False, 0
    for at, letter in enumerate(value):
        if is_escaped:
            is_escaped = False
        elif letter == "\\" and (is_quoted or depth):
            is_escaped = True
        elif is_quoted:
            is_quoted = letter != '"'
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif letter == '"':
            is_quoted = True
        elif letter in "<>":
            is_angled = letter == "<"
        elif letter in ",;" or (letter == ":" and not is_angled):
            if letter != ":":
                yield value[start:at]
            start = at + 1
    yield value[start:]


def _party(piece: str) -> Party | None:
    piece = piece.strip()
    if not piece:
        return None
    before, angle, rest = piece.rpartition("<")
    if angle:
        return _named(before, address_in(rest.partition(">")[0]))
    address = address_in(piece)
    comment = piece.partition("(")[2].rpartition(")")[0] if "(" in piece else ""
    name = comment if address else piece
    return _named(name, address)


def _named(name: str, address: str) -> Party | None:
    name = " ".join(readable(name.strip().strip("'\"").replace("\\", "")).split()).strip("'\" ")
    return Party(name=name[:200], address=address) if name or address else None


def address_in(text: str) -> str:
    """The first mail address in a text, without what stands around it; empty if there is none."""
    found = QUOTED_LOCAL.search(text) or ADDRESS.search(text)
    return found[0].strip(".'`*=").removeprefix("mailto:") if found else ""
