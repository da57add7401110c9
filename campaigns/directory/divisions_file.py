"""divisions.csv: which postcode or place lies in which division."""

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


def read_divisions(file: Path, defects: Defects) -> tuple[Lies, ...]:
    """The rows, of which nothing is to be used if there are defects.

    A row has a country, a division, and a postcode or a place or both; a place without a postcode is a division's name.
    """
    text = read_text(file.parent, file.name, LARGEST, defects)
    if text is None:
        return ()
    rows = read_rows(text, defects)
    header = next(rows, None)
    names = tuple(cell.strip().lower() for cell in header.cells) if header else ()
    if sorted(names) != sorted(COLUMNS):
        defects.add((1, 1), f"the first line names the columns {', '.join(COLUMNS)}", ", ".join(names))
        return ()
    return tuple(found for row in rows if (found := _lies(row, names, defects)))


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
