"""divisions.csv: which postcode or place lies in which division."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from campaigns.folder.defect import Defects
from campaigns.folder.places import country_problem
from campaigns.folder.reading import read_text
from campaigns.folder.rows import Row, read_rows
from campaigns.locality import Lies, fold
from channels.postcode import plain_postcode

COLUMNS = ("country", "postcode", "place", "division")
LARGEST = 50_000_000  # bytes
LONGEST = {"country": 2, "postcode": 16, "place": 120, "division": 80}


@dataclass(frozen=True, slots=True)
class Divisions:
    """`rows`: what the file says. `first`: line and column where it first names each division."""

    rows: tuple[Lies, ...] = ()
    first: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def summary(self) -> dict[str, object]:
        """So that a change is seen: how many rows, and a hash of them in any order; nothing for none."""
        if not self.rows:
            return {}
        lines = sorted("\t".join(_cells(each)) for each in self.rows)
        return {"rows": len(lines), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def read_divisions(file: Path, defects: Defects) -> Divisions:
    """What the file says, of which nothing is to be used if there are defects.

    A row has a country, a division, and a postcode or a place or both; a place without a postcode is a division's name.
    """
    text = read_text(file.parent, file.name, LARGEST, defects)
    if text is None:
        return Divisions()
    rows = read_rows(text, defects)
    header = next(rows, None)
    names = tuple(cell.strip().lower() for cell in header.cells) if header else ()
    if sorted(names) != sorted(COLUMNS):
        defects.add((1, 1), f"the first line names the columns {', '.join(COLUMNS)}", ", ".join(names))
        return Divisions()
    found: list[Lies] = []
    first: dict[str, tuple[int, int]] = {}
    for row in rows:
        lies = _lies(row, names, defects)
        if lies is not None:
            found.append(lies)
            first.setdefault(lies.division, row.places[names.index("division")])
    return Divisions(tuple(found), first)


def written(rows: Iterable[Lies]) -> str:
    """The file, as it is read."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(each) for each in rows)
    return made.getvalue()


def _cells(each: Lies) -> Sequence[str]:
    return each.country, each.postcode, each.place, each.division


def _lies(row: Row, names: tuple[str, ...], defects: Defects) -> Lies | None:
    if len(row.cells) != len(names):
        defects.add((row.line, 1), f"this row has {len(row.cells)} columns and needs {len(names)}")
        return None
    before = len(defects)
    cells = {name: cell.strip() for name, cell in zip(names, row.cells, strict=True)}
    at = dict(zip(names, row.places, strict=True))
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            defects.add(at[name], f"{name}: this is longer than {most} characters", cells[name])
    for name in ("country", "division"):
        if not cells[name]:
            defects.add(at[name], f"{name}: this cell is empty")
    if cells["country"] and (problem := country_problem(cells["country"])):
        defects.add(at["country"], f"country: {problem[0]}", cells["country"], problem[1])
    if not plain_postcode(cells["postcode"]) and not fold(cells["place"]):
        defects.add(at["postcode"], "a postcode or a place is needed", cells["postcode"])
    return Lies(**cells) if len(defects) == before else None
