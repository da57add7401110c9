"""Which files an evidence file has, and what is in those that are made from others.

| name | what it is |
|---|---|
| `chain.jsonl` | the log: a line for each entry, each with the hash of the one before |
| `openings.jsonl` | salts, and with each the value that an entry committed to, or the file that has it |
| `messages/`, `answers/` | words, as they went out and came in; the number is that of the entry |
| `mails/`, `files/` | only in a full file: mails as they came, and files by their hash |
| `positions.json`, `index.html` | what the chain says, for programs and for people |
| `manifest.json` | the hash of each file, and the last hash of the chain; the last one in the archive |
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from outreach.evidence.canonical import canonical
from outreach.evidence.chain import START, Line

FORMAT = 1
MANIFEST, CHAIN, OPENINGS, POSITIONS, INDEX = FIXED = (
    "manifest.json", "chain.jsonl", "openings.jsonl", "positions.json", "index.html",
)  # fmt: skip
Sum = tuple[str, int]
Manifest = dict[str, Any]


def file_of(line: Line, name: str) -> str | None:
    """The file that a long value of an entry is shown in; None for what stands in the openings themselves."""
    folder = {"message": "messages", "response": "answers"}.get(line.kind)
    ending = {"words": ".txt", "shown": ".txt", "html": ".html"}.get(name)
    if folder is None or ending is None:
        return None
    exact = "-exact" if name == "words" and "shown" in line.committed else ""
    return f"{folder}/{line.number:06}{exact}{ending}"


def mail_of(line: Line) -> str:
    return f"mails/{line.number:06}.eml"


def hashes_of(line: Line) -> Iterator[str]:
    """The hashes of files that an entry speaks of."""
    yield from (each["sha256"] for each in line.told.get("files", ()))
    if isinstance(line.told.get("file"), str):
        yield line.told["file"]


def positions(told: Mapping[str, Any]) -> bytes:
    return canonical(told) + b"\n"


def manifest(lines: Iterable[Line], hashes: Sequence[str], sums: Mapping[str, Sum], page_version: object) -> Manifest:
    """What the file is and holds, made from the rest of it."""
    lines = list(lines)
    published = [line.told.get("slug", "") for line in lines if line.kind == "publication"]
    return {
        "format": FORMAT,
        "page": page_version,
        "campaign": published[-1] if published else "",
        "entries": len(hashes),
        "head": hashes[-1] if hashes else START,
        "noted": lines[-1].noted if lines else "",
        "files": {name: {"sha256": digest, "size": size} for name, (digest, size) in sums.items()},
    }
