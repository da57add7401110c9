"""Checking an evidence file, offline, with nothing but Python: `python -m outreach.evidence.verify FILE`.

Everything in the file is either a line of the chain, opened by a salt that fits the chain, or made from the chain and
made again here; and the archive around it is written in one way only. So any byte that was changed, added, lost or
moved is found and named. What no file can show by itself is that the whole of it was not rebuilt: compare its last
hash, or any earlier one that was kept (`--head`), with what the campaign published.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.evidence.account import account
from outreach.evidence.archive import Archive, Fault, lines
from outreach.evidence.canonical import NotCanonical, commitment, read, sha256
from outreach.evidence.chain import START, Break, Line, check
from outreach.evidence.layout import (
    CHAIN,
    FIXED,
    FORMAT,
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

OPENING = {"entry", "field", "salt"}
MOST_FAULTS = 50
SHAPE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What entries that nobody of us wrote make Python say."""


@dataclass(slots=True)
class Verdict:
    """What a file is, and what is wrong with it: nothing, if it `holds`."""

    faults: list[Fault] = field(default_factory=list)
    campaign: str = ""
    entries: int = 0
    head: str = START
    noted: str = ""
    opened: int = 0
    closed: int = 0

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(path: Path, kept: str = "") -> Verdict:
    """Check the file. `kept`: a hash that was published before; it must be one of the chain's.

    Raises OSError if the file cannot be read at all.
    """
    verdict = Verdict()
    with path.open("rb") as file:
        archive = Archive(file)
        verdict.faults += archive.faults
        if not archive.faults:
            Checking(archive, verdict).run(kept)
            verdict.faults += archive.differences()
    return verdict


class Checking:
    """The check of one archive that could be read to its end."""

    def __init__(self, archive: Archive, verdict: Verdict) -> None:
        self.archive = archive
        self.verdict = verdict
        self.lines: dict[int, Line] = {}
        self.hashes: list[str] = []
        self.accounted: set[str] = set(FIXED)
        self.page_version: object = None
        self.chain_holds = True

    def run(self, kept: str) -> None:
        missing = [name for name in FIXED if name not in self.archive.places]
        for name in missing:
            self._fault(name, "it is missing")
        if missing:
            return
        if list(self.archive.places) != [*sorted(set(self.archive.places) - {MANIFEST}), MANIFEST]:
            self._fault("the archive", "its files are not in their order")
        self._check_chain()
        self._check_openings()
        try:
            self._check_files()
            self._check_manifest()
            if self.chain_holds:
                self._check_what_is_made()
        except SHAPE as odd:
            self._fault(CHAIN, f"an entry does not have the parts that one of its kind has: {odd!r}")
        if kept and kept not in self.hashes:
            self._fault(CHAIN, f"the hash {kept} that was kept is none of this chain's: it was written anew since")

    def _check_chain(self) -> None:
        contents = list(lines(self.archive.read(CHAIN)))
        for each in check(contents):
            if isinstance(each, Break):
                self.chain_holds = False
                self._fault(f"{CHAIN}, entry {each.number}", each.sentence)
            else:
                self.lines[each.number] = each
        self.hashes = [sha256(content) for content in contents]
        last = self.lines.get(len(contents))
        published = [line.told.get("slug", "") for line in self.lines.values() if line.kind == "publication"]
        self.verdict.campaign = published[-1] if published else ""
        self.verdict.entries, self.verdict.noted = len(contents), last.noted if last else ""
        self.verdict.head = self.hashes[-1] if self.hashes else START

    def _check_openings(self) -> None:
        before = (0, "")
        for number, content in enumerate(lines(self.archive.read(OPENINGS)), 1):
            where = f"{OPENINGS}, line {number}"
            try:
                opening = read(content)
                place = self._open(opening, where)
            except SHAPE as odd:
                self._fault(where, f"it is no opening of an entry: {odd}")
                continue
            if place <= before:
                self._fault(where, "it is not in its place")
            before = place
        self.verdict.closed = sum(len(line.committed) for line in self.lines.values()) - self.verdict.opened

    def _open(self, opening: Mapping[str, Any], where: str) -> tuple[int, str]:
        """Compare what is shown with what the entry committed to. Answers its place."""
        if set(opening) - OPENING not in ({"value"}, {"file"}):
            raise ValueError("it has other parts than entry, field, salt, and value or file")
        number, name = opening["entry"], opening["field"]
        line = self.lines[number]
        shown = f"{CHAIN}, entry {number}, field {name}"
        if "file" in opening:
            file = opening["file"]
            if file != file_of(line, name) or file not in self.archive.places:
                self._fault(where, f"the file {file} it speaks of is not there, or not its own")
                return number, name
            self.accounted.add(file)
            value, shown = self.archive.read(file), file
        else:
            value = opening["value"].encode()
        if commitment(bytes.fromhex(opening["salt"]), value) != line.committed[name]:
            self._fault(shown, f"it is not what entry {number} committed to as “{name}”, or its salt was changed")
        self.verdict.opened += 1
        return number, name

    def _check_files(self) -> None:
        """Mails and files are named by the entries that hold their hashes."""
        raw = {mail_of(line): line.told["raw_sha256"] for line in self.lines.values() if line.told.get("raw_sha256")}
        hashes = {each for line in self.lines.values() for each in hashes_of(line)}
        for name in self.archive.places:
            wanted = raw.get(name) or (name[6:] if name.startswith("files/") and name[6:] in hashes else None)
            if wanted:
                self.accounted.add(name)
                if sha256(self.archive.read(name)) != wanted:
                    self._fault(name, "its bytes do not have the hash that the log has")
        for name in self.archive.places:
            if name not in self.accounted:
                self._fault(name, "nothing in the log speaks of it: it was added, or its entry was changed")

    def _check_manifest(self) -> None:
        """The list of what the file holds, made again."""
        try:
            said = read(self.archive.read(MANIFEST)[:-1])
            if not isinstance(said, dict):
                raise NotCanonical("it is no list of names")
        except NotCanonical as odd:
            self._fault(MANIFEST, f"it cannot be read: {odd}")
            return
        self.page_version = said.get("page")
        if said.get("format") != FORMAT:
            self._fault(MANIFEST, f"it says format {said.get('format')}; this program knows {FORMAT}")
        wanted = manifest(self.lines.values(), self.hashes, self._sums(), self.page_version)
        for name in sorted({*said, *wanted}):
            if said.get(name) != wanted.get(name):
                self._fault(MANIFEST, f"“{name}” is not what the file holds{_which(said, wanted, name)}")

    def _check_what_is_made(self) -> None:
        """What the chain says, for programs and for people, is made from it again."""
        told = account(self.lines.values())
        if self.archive.read(POSITIONS) != positions(told):
            self._fault(POSITIONS, "it does not say what the chain says")
        if self.page_version == VERSION:
            made = page(told, len(self.hashes), self.verdict.head, set(self.archive.places))
            if self.archive.read(INDEX) != made:
                self._fault(INDEX, "it does not say what the chain says")

    def _sums(self) -> dict[str, Sum]:
        names = (name for name in self.archive.places if name != MANIFEST)
        return {name: (sha256(content := self.archive.read(name)), len(content)) for name in names}

    def _fault(self, where: str, what: str) -> None:
        if len(self.verdict.faults) < MOST_FAULTS:
            self.verdict.faults.append(Fault(where, what))


def _which(said: Mapping[str, Any], wanted: Mapping[str, Any], name: str) -> str:
    """Of the list of files: which of them."""
    if name != "files" or not isinstance(said.get(name), dict):
        return ""
    here, there = said[name], wanted[name]
    differing = [each for each in sorted({*here, *there}) if here.get(each) != there.get(each)]
    return f": {', '.join(differing[:5])}"


if __name__ == "__main__":
    from outreach.evidence.telling import main

    sys.exit(main())
