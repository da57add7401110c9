"""A mail taken apart into its parts (RFC 2045, 2046): within bounds, without a copy, whatever it claims to be."""

import re
from binascii import a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass, field

from channels.incoming.charset import decoded
from channels.incoming.head import Head, base64_bytes, head_of, parameters
from channels.incoming.limits import Limits

MEDIA_TYPE = re.compile(r"\s*([A-Za-z0-9!#$&^_.+-]{1,80})\s*/\s*([A-Za-z0-9!#$&^_.+-]{1,120})")
LIKELY_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{2,68}?)[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """One part. Its body stays where it is in the mail: from `start` to `end`."""

    head: Head
    raw: bytes = field(repr=False)
    start: int
    end: int
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    children: "list[Part]" = field(default_factory=list)

    @property
    def charset(self) -> str:
        return self.parameters.get("charset", "")

    @property
    def disposition(self) -> str:
        """`attachment`, `inline` or empty."""
        return self.head.first("content-disposition").partition(";")[0].strip().lower()

    @property
    def file_name(self) -> str:
        """The last piece of the name given for it, without folders; empty if there is none."""
        given = parameters(self.head.first("content-disposition")).get("filename") or self.parameters.get("name", "")
        return re.split(r"[/\\]", " ".join(given.split()))[-1][:200]

    def content(self, longest: int | None = None) -> bytes:
        """The bytes that it stands for, read from no more than about `longest` bytes of the mail."""
        end = self.end if longest is None else min(self.end, self.start + longest)
        view = memoryview(self.raw)[self.start : end]
        match self.head.first("content-transfer-encoding").partition(";")[0].strip().lower():
            case "base64":
                return base64_bytes(view)
            case "quoted-printable":
                return a2b_qp(view)
        return bytes(view)

    def text(self, longest: int) -> str:
        """Its text, with line ends as `\\n`."""
        return decoded(self.content(longest), self.charset).replace("\r\n", "\n").replace("\r", "\n")

    def walk(self) -> "Iterator[Part]":
        """Itself and every part in it, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


def taken_apart(raw: bytes, limits: Limits) -> tuple[Part, list[str]]:
    """The whole mail, and a sentence for each thing that was odd about it."""
    oddities: list[str] = []
    end = min(len(raw), limits.size)
    if end < len(raw):
        oddities.append(f"It is {len(raw)} bytes long; what lies beyond {limits.size} was not read")
    whole = _part(raw, _first(raw), end, limits)
    waiting, count = [(whole, 0)], 1
    while waiting:
        part, depth = waiting.pop()
        if not part.media_type.startswith(("multipart/", "message/")):
            continue
        if depth >= limits.depth:
            _once(oddities, f"Parts lie more than {limits.depth} deep in one another; what is deeper was not read")
            continue
        for start, stop in _ranges(part, oddities):
            if count >= limits.parts:
                _once(oddities, f"It has more than {limits.parts} parts; the others were not read")
                break
            count += 1
            part.children.append(_part(raw, start, stop, limits))
        waiting += [(child, depth + 1) for child in part.children]
    if any(each.head.is_cut for each in whole.walk()):
        oddities.append("Some of its headers are too long or too many, and were cut")
    return whole, oddities


def _first(raw: bytes) -> int:
    """Where the headers begin: after empty lines, and a mark that some editors leave."""
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[start : start + 1] in (b"\r", b"\n") and start < 200:
        start += 1
    return start


def _part(raw: bytes, start: int, end: int, limits: Limits) -> Part:
    head, body = head_of(raw, start, end, limits)
    said = head.first("content-type")
    found = MEDIA_TYPE.match(said)
    media_type = f"{found[1]}/{found[2]}".lower() if found else "text/plain"
    return Part(head, raw, body, end, media_type, parameters(said))


def _ranges(part: Part, oddities: list[str]) -> list[tuple[int, int]]:
    if part.media_type.startswith("message/"):
        return [(part.start, part.end)] if is_message(part) else []
    named = part.parameters.get("boundary", "").encode("utf-8", "replace")[:200].rstrip()
    if named and (ranges := _between(part, named)):
        return ranges
    _once(oddities, "The boundary between its parts is missing" if not named else "Its parts are not where it says")
    if found := LIKELY_BOUNDARY.search(part.raw, part.start, min(part.end, part.start + (1 << 20))):
        return _between(part, found[1])
    part.media_type = "text/plain"
    return []


def is_message(part: Part) -> bool:
    """Whether it holds another mail as it is, which can be taken apart in turn."""
    coding = part.head.first("content-transfer-encoding").strip().lower()
    return part.media_type in ("message/rfc822", "message/global", "message/news") and coding not in (
        "base64",
        "quoted-printable",
    )


def _between(part: Part, boundary: bytes) -> list[tuple[int, int]]:
    """Where the pieces between delimiter lines begin and end; the last may lack its end (RFC 2046, 5.1)."""
    raw, delimiter = part.raw, b"--" + boundary
    ranges: list[tuple[int, int]] = []
    begun, at = -1, raw.find(delimiter, part.start, part.end)
    while at >= 0:
        after = at + len(delimiter)
        line_end = raw.find(b"\n", after, part.end)
        line_end = part.end if line_end < 0 else line_end
        rest = raw[after : min(line_end, after + 200)].strip()
        if (at == part.start or raw[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            if begun >= 0:
                ranges.append((begun, _without_line_end(raw, begun, at)))
            begun = -1 if rest else min(line_end + 1, part.end)
            if rest:
                break
        at = raw.find(delimiter, after, part.end)
    if begun >= 0:
        ranges.append((begun, part.end))
    return ranges


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    return end - 1 if end > start and raw[end - 1 : end] == b"\r" else end


def _once(oddities: list[str], sentence: str) -> None:
    if sentence not in oddities:
        oddities.append(sentence)
