"""The headers of a mail or of one of its parts: broken, doubled, folded and misspelt as they come."""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from channels.incoming.charset import decoded
from channels.incoming.limits import Limits

FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,8000})\?=")
BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
NAMED = re.compile(r"<[^<>\s]{1,900}>")
PARAMETER = re.compile(r';\s*([A-Za-z0-9_-]{1,40})(\*\d{0,3}\*?)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s"]*)')
YEARS = range(1971, 2200)
YEAR_NOUGHT = re.compile(r"\b0\d{3}\b")  # which the standard library takes for one of two digits
A_DAY = timedelta(days=1)


class Head:
    """Header fields in their order; names are compared without case."""

    __slots__ = ("fields", "is_cut")

    def __init__(self, fields: list[tuple[str, bytes]], is_cut: bool = False) -> None:
        self.fields = fields
        self.is_cut = is_cut

    def all(self, name: str) -> list[str]:
        """The values of every field by that name, as they were written, unfolded."""
        return [_plain(value) for each, value in self.fields if each == name]

    def first(self, name: str) -> str:
        """The value of the first field by that name, as it was written; empty if there is none."""
        return next((_plain(value) for each, value in self.fields if each == name), "")

    def has(self, name: str) -> bool:
        return any(each == name for each, _ in self.fields)

    def text(self, name: str) -> str:
        """The value for people: encoded words are read (RFC 2047), spaces are single."""
        return " ".join(readable(self.first(name)).split())

    def ids(self, name: str, most: int = 100) -> tuple[str, ...]:
        """The message ids in a field, brackets included, each once; the last `most` of them."""
        found = dict.fromkeys(each for value in self.all(name) for each in NAMED.findall(value))
        return tuple(found)[-most:]

    def date(self, name: str) -> datetime | None:
        """An instant in UTC; None if there is none that makes sense (RFC 5322, 3.3 and 4.3)."""
        try:
            said = self.first(name)[:200]
            parsed = parsedate_tz(said)
            if parsed is None or parsed[0] not in YEARS or YEAR_NOUGHT.search(said.partition(":")[0]):
                return None
            offset = timedelta(seconds=parsed[9] or 0)
            return datetime(*parsed[:6], tzinfo=UTC) - offset if abs(offset) < A_DAY else None
        except (ValueError, OverflowError, TypeError, IndexError):
            return None


def head_of(raw: bytes, start: int, end: int, limits: Limits) -> tuple[Head, int]:
    """The fields from `start` on, and where the body begins. A line that is no field ends them too."""
    fields: list[tuple[str, bytes]] = []
    at, stop, is_cut = start, min(end, start + limits.head), False
    while at < stop:
        newline = raw.find(b"\n", at, stop)
        after = newline + 1 if newline >= 0 else stop
        line = raw[at:after]
        if not line.strip(b"\r\n"):
            return Head(fields, is_cut), after
        if line[:1] in b" \t" and fields:
            name, value = fields[-1]
            if len(value) + len(line) <= limits.line:
                fields[-1] = (name, value + line)
            else:
                is_cut = True
        elif found := FIELD.match(line):
            if len(fields) < limits.headers:
                fields.append((found[1].decode("ascii").lower(), line[found.end() :][: limits.line]))
            else:
                is_cut = True
        elif not _is_envelope_line(line, at == start):
            return Head(fields, is_cut), at
        at = after
    return Head(fields, is_cut or at < end), at


def _is_envelope_line(line: bytes, is_first: bool) -> bool:
    """What mailboxes put before the first header."""
    return is_first and line.startswith((b"From ", b">From "))


def _plain(value: bytes) -> str:
    return " ".join(decoded(value).split("\n")).replace("\r", "").strip()


def readable(value: str) -> str:
    """Text with its encoded words read (RFC 2047). Neighbours in one charset are joined before they are decoded."""
    if "=?" not in value:
        return value
    value, whole, at = BETWEEN.sub(r"\1", value), list[str](), 0
    waiting: tuple[str, bytes] = ("", b"")
    for found in WORD.finditer(value):
        if found.start() > at:
            whole += [decoded(waiting[1], waiting[0]), value[at : found.start()]]
            waiting = ("", b"")
        charset, data = found[1].partition("*")[0].lower(), _word(found[2], found[3])
        if waiting[1] and charset != waiting[0]:
            whole.append(decoded(waiting[1], waiting[0]))
            waiting = ("", b"")
        waiting, at = (charset, waiting[1] + data), found.end()
    return "".join((*whole, decoded(waiting[1], waiting[0]), value[at:]))


def _word(encoding: str, spelt: str) -> bytes:
    data = spelt.encode("utf-8", "replace")
    if encoding in "qQ":
        return a2b_qp(data, header=True)
    return base64_bytes(data)


def base64_bytes(data: bytes | memoryview) -> bytes:
    """What base64 stands for; as much of it as makes sense."""
    try:
        return a2b_base64(data)
    except Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", bytes(data))
        return a2b_base64(kept[: len(kept) // 4 * 4] + _rest(kept))


def _rest(kept: bytes) -> bytes:
    rest = kept[len(kept) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def parameters(value: str) -> dict[str, str]:
    """What follows the first semicolon of a structured field; RFC 2231 pieces are joined and read."""
    pieces: dict[str, list[tuple[bool, str]]] = {}
    for name, star, spelt in _parameters(value):
        pieces.setdefault(name, []).append((star.endswith("*"), spelt))
    return {name: _joined(parts) for name, parts in pieces.items()}


def _parameters(value: str) -> Iterator[tuple[str, str, str]]:
    for found in PARAMETER.finditer(value):
        spelt = found[3]
        if spelt.startswith('"'):
            spelt = re.sub(r"\\(.)", r"\1", spelt[1:-1])
        yield found[1].lower(), found[2] or "", spelt


def _joined(parts: list[tuple[bool, str]]) -> str:
    if not any(is_coded for is_coded, _ in parts):
        return readable("".join(spelt for _, spelt in parts))
    whole = "".join(spelt for _, spelt in parts)
    charset, quote, rest = whole.partition("'")
    spelt = rest.partition("'")[2] if quote else whole
    data = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), spelt.encode("utf-8", "replace"))
    return decoded(data, charset if quote else "")
