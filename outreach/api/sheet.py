"""Addressees from a document as the rows of addressees.csv."""

import csv
import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from campaigns.folder.addressees import COLUMNS
from campaigns.folder.defect import Defect
from campaigns.words.near import nearest
from outreach.api.problem import INVALID, Fault, Trouble

SEPARATORS = {"capacities": "|", "post": "|"}
Cells = dict[str, str | list[str]]


class Sheet:
    """The text of the file, and the way back from one of its lines to the addressee in the document."""

    def __init__(self, addressees: Sequence[Cells]) -> None:
        """Raises Trouble for a column there is none of, and for a value that would fall into two."""
        faults = [fault for number, cells in enumerate(addressees) for fault in _faults(number, cells)]
        if faults:
            raise Trouble(INVALID, faults[0].detail, faults)
        rows = [_row([_joined(cells.get(column, ""), column) for column in COLUMNS]) for cells in addressees]
        self.text = _row(COLUMNS) + "".join(rows)
        self.starts = list(accumulate((row.count("\n") for row in rows), initial=2))

    def locate(self, defect: Defect) -> str:
        """body/addressees/3/languages."""
        number = bisect_right(self.starts, defect.line) - 1
        column = defect.message.partition(":")[0]
        parts = ["body", "addressees"] + ([str(number)] if 0 <= number < len(self.starts) - 1 else [])
        return "/".join([*parts, column] if column in COLUMNS else parts)


def _faults(number: int, cells: Cells) -> list[Fault]:
    faults = []
    for column, value in cells.items():
        where = f"body/addressees/{number}/{column}"
        if column not in COLUMNS:
            said = f"There is no column of this name (there is: {', '.join(COLUMNS)})"
            faults.append(Fault(location=where, detail=said, suggestion=nearest(column, COLUMNS) or None))
        elif isinstance(value, list) and any(_separator(column) in each for each in value):
            said = f"A value in a list may not contain “{_separator(column)}”: it divides the values of a cell"
            faults.append(Fault(location=where, detail=said))
    return faults


def _joined(value: str | list[str], column: str) -> str:
    return value if isinstance(value, str) else _separator(column).join(value)


def _separator(column: str) -> str:
    return SEPARATORS.get(column, ";")


def _row(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow([cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells])
    return text.getvalue()
