"""Telling people and programs what the check of an evidence file found."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from outreach.evidence.verify import Verdict, verify


def main(arguments: Sequence[str] | None = None) -> int:
    """0: it holds; 1: it does not; 2: there is no such file."""
    parser = argparse.ArgumentParser(prog="python -m outreach.evidence.verify", description="Check an evidence file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--head", default="", help="A hash that was kept from the public record.")
    parser.add_argument("--json", action="store_true", help="Print one JSON document.")
    given = parser.parse_args(arguments)
    return tell(given.file, given.head, given.json)


def tell(file: Path, kept: str, as_json: bool) -> int:
    """Check a file and print what was found."""
    try:
        verdict = verify(file, kept)
    except OSError as problem:
        print(json.dumps({"error": str(problem)}) if as_json else problem, file=sys.stdout if as_json else sys.stderr)
        return 2
    print(json.dumps(described(verdict), ensure_ascii=False, indent=2) if as_json else "\n".join(sentences(verdict)))
    return 0 if verdict.holds else 1


def described(verdict: Verdict) -> dict[str, Any]:
    names = ("campaign", "entries", "head", "noted", "opened", "closed")
    faults = [{"where": fault.where, "what": fault.what} for fault in verdict.faults]
    return {"holds": verdict.holds, **{name: getattr(verdict, name) for name in names}, "faults": faults}


def sentences(verdict: Verdict) -> Iterator[str]:
    if not verdict.holds:
        yield "This file is not as it was written:"
        yield from (f"  {fault}" for fault in verdict.faults)
        return
    yield f"This file holds: {verdict.entries} entries of “{verdict.campaign}”, the last noted {verdict.noted}."
    yield f"Last hash: {verdict.head}"
    yield f"{verdict.opened} values are shown and fit the chain; {verdict.closed} are left out or erased."
    yield "Compare the last hash with one that somebody else kept: see --head."
