"""Comma-separated values as spreadsheets write them (RFC 4180), each cell with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.folder.defect import Defects

QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=,|\r?\n|\r|\Z)')
PLAIN = re.compile(r"[^,\r\n]*")
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and where each begins."""

    line: int
    cells: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def read_rows(text: str, defects: Defects) -> Iterator[Row]:
    """Row by row, empty lines left out. A quotation mark that is never closed ends the reading."""
    position, line, start = 0, 1, 0
    while position < len(text):
        cells: list[str] = []
        places: list[tuple[int, int]] = []
        first = line
        while True:
            places.append((line, position - start + 1))
            quoted = QUOTED.match(text, position) if text.startswith('"', position) else None
            if text.startswith('"', position) and quoted is None:
                defects.add(places[-1], "this quotation mark is not closed, or something follows the closing one", '"')
                return
            cell = quoted or PLAIN.match(text, position)
            assert cell is not None
            content = cell.group(1).replace('""', '"') if quoted else cell.group()
            cells.append(content)
            for inside in LINE_END.finditer(text, position, cell.end()):
                line, start = line + 1, inside.end()
            position = cell.end()
            if not text.startswith(",", position):
                break
            position += 1
        if end := LINE_END.match(text, position):
            position = start = end.end()
            line += 1
        if cells != [""]:
            yield Row(first, tuple(cells), tuple(places))
