"""A campaign folder as a zip archive, unpacked so that nothing lands anywhere else and nothing grows without end."""

import io
import re
import zipfile
import zlib
from pathlib import Path

from campaigns.folder.addressees import FILE as ADDRESSEES
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.divisions import FILE as DIVISIONS
from campaigns.folder.limits import LARGEST_CSV, LARGEST_WORDING, LARGEST_YAML, MOST_WORDINGS
from campaigns.folder.wordings import FOLDER as WORDINGS
from outreach.api.problem import INVALID, MALFORMED, TOO_LARGE, Fault, Kind, Trouble

LARGEST_ARCHIVE = 50_000_000  # bytes of all files together, unpacked
MOST_FILES = MOST_WORDINGS + 100
FOLDER = "campaign"
PART = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"
WANTED = re.compile(rf"(?:(?P<top>{PART})/)?(?P<file>{CAMPAIGN}|{ADDRESSEES}|{DIVISIONS}|{WORDINGS}/{PART}/{PART})")
LARGEST = {CAMPAIGN: LARGEST_YAML, ADDRESSEES: LARGEST_CSV, DIVISIONS: LARGEST_ARCHIVE}


def unpack(body: bytes, into: Path) -> Path:
    """Unpack the files of a campaign folder; whatever else is there is left alone. Answers the folder.

    It is called as in the archive, where its files lie in one. Raises Trouble.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _unpack(archive, into)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Trouble(MALFORMED, f"The body is not a zip archive that can be read: {error}") from None


def _unpack(archive: zipfile.ZipFile, into: Path) -> Path:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise Trouble(TOO_LARGE, f"The archive has more than {MOST_FILES:,} files")
    files = {name: entry for entry in entries if (name := WANTED.fullmatch(entry.filename))}
    if len({name.string for name in files}) < len(files):
        raise Trouble(INVALID, "The archive has a file in it twice")
    tops = {name["top"] or "" for name in files}
    if len(tops) > 1:
        raise _refusal(INVALID, "The archive has more than one campaign folder in it", ", ".join(sorted(tops)))
    folder, left = into / (next(iter(tops), "") or FOLDER), LARGEST_ARCHIVE
    folder.mkdir()
    for name, entry in files.items():
        content = _read(archive, entry, name["file"], min(left, LARGEST.get(name["file"], LARGEST_WORDING)))
        left -= len(content)
        (folder / name["file"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / name["file"]).write_bytes(content)
    return folder


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, most: int) -> bytes:
    """At most so many bytes, whatever the archive says of itself."""
    with archive.open(entry) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise _refusal(TOO_LARGE, f"This file is larger than {most:,} bytes", file)
    return content


def _refusal(kind: Kind, said: str, where: str) -> Trouble:
    return Trouble(kind, f"{where}: {said}", [Fault(location=where, detail=said)])
