"""The file that evidence travels in: a zip archive that is written in one way only, and read with distrust.

Nothing is compressed and no time of writing is kept, so that the same contents give the same bytes everywhere; and so a
byte anywhere that is not as it must be, also in the archive's own headers, can be found and named.
"""

import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

HEADER = struct.Struct("<4s5H3L2H")
FILE, DIRECTORY = b"PK\x03\x04", b"PK\x01\x02"
MANY = 1024 * 1024  # bytes compared at once


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a file in the archive, an entry of the log, or a part of the archive itself."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Packer:
    """Writes an archive file by file, in the order it is given."""

    def __init__(self, target: Path) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """`name`: ASCII, with / between folders."""
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.create_system, info.external_attr = 3, 0o100644 << 16
        self.zip.writestr(info, content)

    def close(self) -> None:
        self.zip.close()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies in the archive, in bytes."""

    header: int
    start: int
    end: int


class Archive:
    """An archive as it came. `places`: its files by name, in their order; `faults`: why there is nothing after them."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = file.seek(0, 2)
        self.faults: list[Fault] = []
        self.places: dict[str, Place] = {}
        self._walk()

    def read(self, name: str) -> bytes:
        place = self.places[name]
        self.file.seek(place.start)
        return self.file.read(place.end - place.start)

    def differences(self) -> Iterator[Fault]:
        """The first byte that is not as it must be, given the contents; none in an archive of ours."""
        with TemporaryDirectory(prefix="outreach-") as folder:
            again = Path(folder) / "again.zip"
            packer = Packer(again)
            for name in self.places:
                packer.add(name, self.read(name))
            packer.close()
            with again.open("rb") as wanted:
                at = _first_difference(self.file, wanted)
        if at is not None:
            yield Fault(self._part(at), f"byte {at} of the archive is not as it was written")

    def _walk(self) -> None:
        position, last = 0, "its beginning"
        while True:
            self.file.seek(position)
            head = self.file.read(HEADER.size)
            if head[:4] == DIRECTORY and self.places:
                return
            if len(head) < HEADER.size or head[:4] != FILE:
                self._lost(position, last)
                return
            *_, size, _, name_size, extra = HEADER.unpack(head)
            name = self.file.read(name_size).decode("latin-1")
            start = position + HEADER.size + name_size + extra
            if name in self.places or start + size > self.size:
                self._lost(position, name)
                return
            self.places[name] = Place(position, start, start + size)
            position, last = start + size, name

    def _lost(self, position: int, last: str) -> None:
        what = f"the archive cannot be read on from byte {position}: a header there, or the size before it, was changed"
        self.faults.append(Fault(f"the archive at {last}", what))

    def _part(self, at: int) -> str:
        for name, place in self.places.items():
            if place.header <= at < place.start:
                return f"the header of {name} in the archive"
            if place.start <= at < place.end:
                return name
        return "the directory at the end of the archive" if at < self.size else "the end of the archive"


def _first_difference(one: BinaryIO, other: BinaryIO) -> int | None:
    at = 0
    one.seek(0)
    while True:
        ours, theirs = one.read(MANY), other.read(MANY)
        if ours != theirs:
            shorter = min(len(ours), len(theirs))
            return at + next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
        if not ours:
            return None
        at += len(ours)


def lines(content: bytes) -> Iterable[bytes]:
    """The lines of a file whose every line ends; what stands after the last end is a line, too."""
    *whole, rest = content.split(b"\n")
    return [*whole, rest] if rest else whole
