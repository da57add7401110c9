"""The letter that a report returns: whole, its headers only, or pasted below the report's own words."""

import re

from channels.incoming.head import Head, head_of
from channels.incoming.limits import Limits
from channels.incoming.part import Part
from channels.incoming.party import address_in, parties
from channels.incoming.phrases.report import BELOW, FIELD
from channels.incoming.reading import Original
from channels.return_path import key_in

HEADERS_ONLY = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
WHOLE = frozenset({"message/rfc822", "message/global", "message/partial"})
FOR = re.compile(r"\bfor\s+<?([^\s<>;]{1,64}@[^\s<>;]{1,253})>?\s*;", re.IGNORECASE)
ENOUGH = 3  # different header lines in a row are the headers of a letter


def is_original(part: Part) -> bool:
    """Whether a part holds a letter, or its headers, that a report is about."""
    return part.media_type in HEADERS_ONLY or part.media_type in WHOLE


def returned_head(part: Part, limits: Limits) -> Head:
    """The headers of the letter in that part."""
    if part.children:
        return part.children[0].head
    return pasted_head(part.content(limits.head).lstrip(b"\r\n "), limits)


def pasted_head(data: bytes, limits: Limits) -> Head:
    """The headers at the beginning of some bytes; what is no header line is passed over."""
    head, fields, at = Head([]), list[tuple[str, bytes]](), 0
    for _ in range(8):
        head, after = head_of(data, at, len(data), limits)
        fields += head.fields
        if head.has("message-id") or after <= at or (fields and data[after - 2 : after] in (b"\n\n", b"\r\n")):
            break
        newline = data.find(b"\n", after)
        at = newline + 1 if newline >= 0 else len(data)
    return Head(fields)


def cut(text: str) -> tuple[str, str]:
    """A report's own words, and what it pastes of the letter below them."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and BELOW.match(line[:200]) and not _is_followed_by_report(lines[number + 1 :]):
            return "\n".join(lines[:number]), "\n".join(lines[number + 1 :]).lstrip("\n-=* ")
        if FIELD.match(line) and _is_block(lines[number : number + 30]):
            return "\n".join(lines[:number]), "\n".join(lines[number:])
    return text, ""


def _is_followed_by_report(lines: list[str]) -> bool:
    """“The original message was received at …” opens the reports of sendmail, and their words come after it."""
    return not any(FIELD.match(line) for line in lines[:12]) and any(line.strip() for line in lines)


def _is_block(lines: list[str]) -> bool:
    names = set()
    for line in lines:
        if FIELD.match(line):
            names.add(line.partition(":")[0].lower())
        elif not line.startswith((" ", "\t")):
            break
    return len(names) >= ENOUGH and bool(names & {"received", "message-id", "return-path", "mime-version", "from"})


def original_of(head: Head, report: Head, envelope: str) -> Original:
    """What is known of the letter: `head` is its own, `report` that of the report, `envelope` its ENVID."""
    named = head.ids("message-id", 1)
    return Original(
        message_id=named[0] if named else "",
        subject=head.text("subject")[:500],
        sender=address_in(head.first("return-path")) or address_in(head.first("from")),
        recipients=tuple(dict.fromkeys(each.address for each in parties(head.first("to")) if each.address)),
        keys=tuple(dict.fromkeys(_keys(head, report, envelope, named))),
    )


def _keys(head: Head, report: Head, envelope: str, named: tuple[str, ...]) -> list[str]:
    """The surest first: the address that the report came to, then what it says."""
    came_to = [value for name in ("delivered-to", "x-original-to", "envelope-to", "to") for value in report.all(name)]
    letter = [value for name in ("return-path", "x-envelope-from", "errors-to", "sender") for value in head.all(name)]
    found = [key_in(address_in(value)) for value in (*came_to, *letter)]
    found += [envelope.strip()[:128], *(each[1:-1].rpartition("@")[0] for each in named)]
    return [key for key in found if key]


def addressed_to(head: Head) -> str:
    """For whom a returned letter was, if its headers name one address and no more."""
    for name in ("x-envelope-to", "x-original-to", "x-hmxmroriginalrecipient", "envelope-to"):
        if address := address_in(head.first(name)):
            return address
    named = {found[1].lower(): found[1] for value in head.all("received") if (found := FOR.search(f"{value};"))}
    to = [each.address for each in (*parties(head.first("to")), *parties(head.first("cc"))) if each.address]
    if len(to) == 1:
        return to[0]
    return next(iter(named.values())) if len(named) == 1 else ""
