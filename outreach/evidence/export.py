"""Writing an evidence file from the log and from what it committed to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from campaigns.campaign import Campaign
from outreach.attachment import Attachment
from outreach.evidence.account import account
from outreach.evidence.archive import Packer
from outreach.evidence.canonical import canonical, commitment, read, sha256
from outreach.evidence.chain import START, Line
from outreach.evidence.discreet import without
from outreach.evidence.entry import Evidence, salt_of
from outreach.evidence.kept import kept_of
from outreach.evidence.layout import (
    CHAIN,
    INDEX,
    MANIFEST,
    OPENINGS,
    POSITIONS,
    Sum,
    file_of,
    hashes_of,
    mail_of,
    manifest,
    positions,
)
from outreach.evidence.page import VERSION, page
from outreach.exhibit import Exhibit
from outreach.incoming import Incoming
from outreach.task import TaskProof

Place = tuple[int, str]


@dataclass(slots=True)
class Export:
    """What was written. `doubts`: what in the tables is not what was committed to; it is left closed in the file."""

    entries: int = 0
    head: str = START
    opened: int = 0
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opening:
    """A value that an entry committed to, and what shows that it is the one."""

    number: int
    field: str
    salt: bytes
    value: bytes
    file: str | None

    @property
    def line(self) -> bytes:
        said: dict[str, Any] = {"entry": self.number, "field": self.field, "salt": self.salt.hex()}
        return canonical(said | ({"file": self.file} if self.file else {"value": self.value.decode()})) + b"\n"


def export(campaign: Campaign, target: Path, *, full: bool = False) -> Export:
    """Write the campaign's log as it stands, with what it committed to, to `target`.

    Everybody may have what is written by default: no addresses, names of staff, raw mails and files; an answer's words
    only if it may be published. `full` is for staff and courts, and has all that has not been erased.
    """
    rows = list(Evidence.objects.filter(campaign=campaign).select_related("salt").order_by("number"))
    lines = [row.line for row in rows]
    done = Export(len(rows), rows[-1].hash if rows else START)
    fields = {line.number: shown(line, full=full) for line in lines}
    by_place = opened(rows, fields)
    openings = [by_place[place] for place in sorted(by_place)]
    done.opened = len(openings)
    done.doubts += _doubts(rows, lines, fields, by_place)
    files = {each.file: each.value for each in openings if each.file}
    told = account(lines)
    if full:
        files |= dict(_originals(lines, done))
    names = {*files, CHAIN, OPENINGS, POSITIONS, INDEX, MANIFEST}
    files |= {
        CHAIN: b"".join(line.content + b"\n" for line in lines),
        OPENINGS: b"".join(each.line for each in openings),
        POSITIONS: positions(told),
        INDEX: page(told, len(lines), done.head, names),
    }
    sums: dict[str, Sum] = {name: (sha256(files[name]), len(files[name])) for name in sorted(files)}
    packer = Packer(target)
    for name in sorted(files):
        packer.add(name, files[name])
    packer.add(MANIFEST, canonical(manifest(lines, [row.hash for row in rows], sums, VERSION)) + b"\n")
    packer.close()
    return done


def is_for_everybody(line: Line, name: str) -> bool:
    """Whether anybody may see this value: what we sent, and what may be published of what came back; without what was
    masked in it.
    """
    if name == "words" and "shown" in line.committed:
        return False
    if line.kind == "message":
        return name in ("subject", "words", "shown")
    return line.kind == "response" and name in ("words", "shown", "stated") and bool(line.told.get("publish"))


def shown(line: Line, *, full: bool = False) -> list[str]:
    """The fields of an entry that are opened for everybody; or all."""
    return [name for name in sorted(line.committed) if full or is_for_everybody(line, name)]


def opened(rows: Sequence[Evidence], fields: Mapping[int, Collection[str]]) -> dict[Place, Opening]:
    """What these entries committed to, by number and field: as far as it is kept, and still what was noted."""
    values = kept_of([row.line for row in rows])
    found = {}
    for row in rows:
        for name in fields[row.number]:
            if opening := _open(row, name, values.get(row.number, {})):
                found[row.number, name] = opening
    return found


def _open(row: Evidence, name: str, values: Mapping[str, str]) -> Opening | None:
    """None if it was erased, is gone, or is not any more what was noted."""
    if not hasattr(row, "salt"):
        return None
    values = {**values, **row.salt.values}
    if name == "shown" and "words" in values and "left_out" in values:
        values["shown"] = without(values["words"], read(values["left_out"].encode()))
    value, salt = values.get(name), salt_of(bytes(row.salt.secret), name)
    if value is None or row.line.committed[name] != commitment(salt, value.encode()):
        return None
    return Opening(row.number, name, salt, value.encode(), file_of(row.line, name))


def _doubts(
    rows: Sequence[Evidence], lines: Sequence[Line], fields: Mapping[int, Collection[str]], by_place: Collection[Place]
) -> Iterator[str]:
    """What should have been opened and could not be, though nobody erased it: of each thing, in its newest entry."""
    newest = {(line.kind, line.about): line.number for line in lines}
    for row, line in zip(rows, lines, strict=True):
        if newest[line.kind, line.about] == line.number and hasattr(row, "salt"):
            for name in fields[line.number]:
                if (line.number, name) not in by_place:
                    yield f"entry {line.number}: its “{name}” is not kept any more, or is not what was noted"


def _originals(lines: Sequence[Line], done: Export) -> Iterator[tuple[str, bytes]]:
    """Mails and files as they came, as far as they are still kept and have the hash that was noted."""
    for line in lines:
        if line.told.get("raw_sha256"):
            mail = Incoming.objects.filter(responses=UUID(line.about)).first()
            yield from _original(mail_of(line), mail, line.told["raw_sha256"], done)
    for digest in sorted({each for line in lines for each in hashes_of(line)}):
        kinds: tuple[Any, ...] = (Attachment, Exhibit, TaskProof)
        file = next((found for kind in kinds if (found := kind.objects.filter(sha256=digest).first())), None)
        yield from _original(f"files/{digest}", file, digest, done)


def _original(name: str, kept: Any, digest: str, done: Export) -> Iterator[tuple[str, bytes]]:
    content = kept.opened() if kept else None
    if content is not None and sha256(content) == digest:
        yield name, content
    else:
        done.doubts.append(f"{name}: it is not kept any more, cannot be opened, or is not what was noted")


def head_of(campaign: Campaign) -> tuple[int, str, datetime | None]:
    """How many entries the log has, the hash of the last one, and when it was noted."""
    last = Evidence.objects.filter(campaign=campaign).order_by("-number").first()
    if last is None:
        return 0, START, None
    return last.number, last.hash, datetime.fromisoformat(last.line.noted)
