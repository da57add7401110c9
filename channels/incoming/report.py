"""Delivery reports in fields (RFC 3464, 6533), as servers write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from channels.incoming.head import Head, head_of, readable
from channels.incoming.limits import Limits
from channels.incoming.part import Part
from channels.incoming.party import address_in
from channels.incoming.permanence import LONGEST, judged
from channels.incoming.reading import Failed, Kind

STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
ABOUT_ONE = ("original-recipient", "final-recipient")
ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
BLANK = re.compile(r"\n[ \t]*\n")
STRAY = re.compile(r"^(?:Action|Final-Recipient|Status|Diagnostic-Code)\s*:", re.IGNORECASE | re.MULTILINE)
UTF8_ESCAPE = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")


@dataclass(frozen=True, slots=True)
class Report:
    """What the fields say. `envelope`: the sender's own name for the letter (Original-Envelope-Id)."""

    recipients: tuple[Failed, ...]
    envelope: str = ""


def report_in(texts: Iterable[str], around: str, limits: Limits) -> Report:
    """`texts`: bodies that hold fields. `around`: the words for people beside them, asked where fields say little."""
    found: dict[str, Failed] = {}
    envelope = ""
    for text in texts:
        for group in _groups(text, limits):
            envelope = envelope or group.first("original-envelope-id")
            recipient = _recipient(group, around)
            if recipient and len(found) < limits.returned:
                found.setdefault(recipient.address.lower(), recipient)
    return Report(tuple(found.values()), envelope)


def _groups(text: str, limits: Limits) -> list[Head]:
    """Fields of one recipient stand together; where a blank line tore them apart they are put together again."""
    groups: list[Head] = []
    for piece in BLANK.split(text.strip())[: limits.returned * 2]:
        data = piece.strip("\n").encode("utf-8", "replace")
        fields = head_of(data, 0, len(data), limits)[0].fields
        names = {name for name, _ in fields}
        if groups and names and "final-recipient" not in names and "original-recipient" not in names:
            groups[-1].fields += fields
        elif fields:
            groups.append(Head(fields))
    return [each for whole in groups for each in _by_recipient(whole)]


def _by_recipient(group: Head) -> list[Head]:
    """Some servers leave out the blank line between two recipients."""
    starts = [number for number, (name, _) in enumerate(group.fields) if name == "final-recipient"]
    if len(starts) < 2:
        return [group]
    first = next(number for number, (name, _) in enumerate(group.fields) if name in ABOUT_ONE)
    bounds = [0 if start == starts[0] else start - (starts[0] - first) for start in starts] + [len(group.fields)]
    return [Head(group.fields[start:end]) for start, end in pairwise(bounds)]


def _recipient(group: Head, around: str) -> Failed | None:
    final, first = _address(group.first("final-recipient")), _address(group.first("original-recipient"))
    address = final or first or _address(group.first("x-actual-recipient"))
    said, diagnostic = group.first("status"), _diagnostic(group)
    if not address:
        return None
    action = _action(group, said)
    words = diagnostic if len(diagnostic) > 12 else f"{diagnostic} {around}"
    judgement = judged(said, words[: LONGEST * 3])
    is_good = action in ("delivered", "relayed", "expanded")
    return Failed(
        address=address,
        addressed=first,
        is_permanent=None if is_good else judgement.is_permanent,
        is_dead=not is_good and action != "delayed" and judgement.is_dead,
        status=said[:8].split(" ")[0] if is_good else judgement.status,
        code="" if is_good else judgement.code,
        action=action,
        diagnostic=diagnostic[:LONGEST],
    )


def _action(group: Head, said: str) -> str:
    word = group.first("action").lower()
    named = next((each for each in ACTIONS if word.startswith(each)), "")
    if named:
        return named
    return "delivered" if said.startswith("2.") else "failed" if said or group.has("diagnostic-code") else ""


def _address(value: str) -> str:
    """What follows the type (`rfc822;`); also with the escapes of RFC 6533."""
    spelt = UTF8_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x110000 else "", value)
    return address_in(readable(spelt.partition(";")[2] or spelt))


def _diagnostic(group: Head) -> str:
    said = [group.first(name) for name in ("diagnostic-code", "x-supplementary-info")]
    whole = " ".join(each for each in said if each) or group.first("x-smtp-response")
    return " ".join(readable(re.sub(r"^\s*[A-Za-z0-9-]{1,20}\s*;\s*", "", whole)).split())


def holds_report(part: Part) -> bool:
    """Whether the part is made of fields about a delivery."""
    return part.media_type in STATUS_TYPES


def stray_fields(text: str) -> str:
    """Fields that stand in the words for people, from the first of them on; empty if they are no report."""
    names = {found[0].rstrip(": ").lower() for found in STRAY.finditer(text)}
    if not {"final-recipient", "status"} <= names and not {"final-recipient", "action"} <= names:
        return ""
    return text[next(STRAY.finditer(text)).start() :]


def kind_of(recipients: Iterable[Failed]) -> Kind | None:
    """The worst that is said of anyone; None if nothing is."""
    actions = {each.action for each in recipients}
    if "failed" in actions:
        return Kind.BOUNCE
    if "delayed" in actions:
        return Kind.DELAYED
    return Kind.DELIVERED if actions & {"delivered", "relayed", "expanded"} else None
