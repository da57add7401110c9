"""Signatures on paper, typed into a file: one line for each row of a sheet, judged in full before any of it counts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from campaigns.folder.defect import Defect, Defects
from campaigns.folder.rows import Row, read_rows
from campaigns.words.near import nearest
from channels.email import EMAIL

FILE = "signatures.csv"
REQUIRED = ("sheet", "row", "name", "signed_on")
COLUMNS = (*REQUIRED, "place", "postcode", "country", "email", "public", "updates", "language")
LONGEST = {"name": 200, "place": 120, "postcode": 16, "email": 254}
MOST_SHEETS, MOST_ROWS, MOST_BYTES = 1_000_000, 999, 20 * 1024 * 1024
YES, NO = "yes", "no"
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What stands in one row of a sheet. `line`: of the file. `updates`: whether we may write; None if it is not said.

    `country`: two letters or empty, as `email` and `language` may be.
    """

    line: int
    sheet: int
    row: int
    name: str = field(repr=False)
    signed_on: date
    place: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    country: str = ""
    email: str = field(default="", repr=False)
    is_public: bool = False
    updates: bool | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a line has to fit into: days on which people could sign, and languages the campaign speaks."""

    first: date
    last: date
    languages: tuple[str, ...]


def read_lines(content: bytes, frame: Frame, file: str = FILE) -> tuple[list[PaperLine], list[Defect]]:
    """The lines, and everything that is wrong, each at its line and column. Lines are for use only if nothing is.

    `content`: CSV (RFC 4180) in UTF-8, whose first line names the columns. `file`: what the defects call it.
    """
    defects = Defects(file)
    text = _decoded(content, defects)
    rows = read_rows(text, defects)
    head = next(rows, None)
    if head is None:
        if not defects:
            defects.add((1, 1), f"nothing is in it: the first line names the columns ({', '.join(COLUMNS)})")
        return [], list(defects)
    if not _is_head(head, defects):
        return [], list(defects)
    lines = list(_lines(head, rows, frame, defects))
    return lines, sorted(set(defects))


def _decoded(content: bytes, defects: Defects) -> str:
    if len(content) > MOST_BYTES:
        defects.add((1, 1), f"it has more than {MOST_BYTES // 1024**2} MB: take it in in parts")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        defects.add((line, 1), "this is not UTF-8: save it as “CSV UTF-8”")
        return ""


def _is_head(head: Row, defects: Defects) -> bool:
    names = [cell.strip().casefold() for cell in head.cells]
    for name, at in zip(names, head.places, strict=True):
        if name not in COLUMNS:
            defects.add(at, f"there is no such column (there is: {', '.join(COLUMNS)})", name, nearest(name, COLUMNS))
        elif names.count(name) > 1:
            defects.add(at, "this column is there twice", name)
    for name in REQUIRED:
        if name not in names:
            defects.add((head.line, 1), f"the column {name} is missing")
    return not defects


def _lines(head: Row, rows: Iterator[Row], frame: Frame, defects: Defects) -> Iterator[PaperLine]:
    names = [cell.strip().casefold() for cell in head.cells]
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        if len(row.cells) != len(names):
            defects.add((row.line, 1), f"there are {len(row.cells)} cells for {len(names)} columns")
            continue
        cells = dict(zip(names, zip(row.cells, row.places, strict=True), strict=True))
        line = _Cells(cells, frame, defects).line(row.line)
        if line is None:
            continue
        first = seen.setdefault((line.sheet, line.row), line.line)
        if first != line.line:
            defects.add((line.line, 1), f"row {line.row} of sheet {line.sheet} stands on line {first} already")
        yield line
        if defects.are_too_many:
            return


class _Cells:
    """The cells of one line by column, each with its place."""

    def __init__(self, cells: dict[str, tuple[str, tuple[int, int]]], frame: Frame, defects: Defects) -> None:
        self.cells, self.frame, self.defects = cells, frame, defects

    def line(self, number: int) -> PaperLine | None:
        before = len(self.defects)
        sheet, row = self._number("sheet", MOST_SHEETS), self._number("row", MOST_ROWS)
        signed_on = self._day("signed_on")
        name, email = self._words("name"), self._email()
        if not name:
            self._wrong("name", "there is no name")
        public, updates = self._answer("public"), self._answer("updates")
        if updates and not email:
            self._wrong("updates", "news are wanted, and there is no address for them: leave this empty")
        told = {key: self._words(key) for key in ("place", "postcode")}
        country, language = self._country(), self._language()
        if len(self.defects) > before or signed_on is None:
            return None
        return PaperLine(
            number, sheet, row, name, signed_on,
            **told, country=country, email=email, is_public=bool(public), updates=updates, language=language,
        )  # fmt: skip

    def _said(self, column: str) -> str:
        return self.cells.get(column, ("", (0, 0)))[0].strip()

    def _wrong(self, column: str, message: str, value: str = "", suggestion: str = "") -> None:
        self.defects.add(self.cells[column][1], f"{column}: {message}", value, suggestion)

    def _words(self, column: str) -> str:
        said = " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", self._said(column))).split())
        if len(said) > LONGEST[column]:
            self._wrong(column, f"this has more than {LONGEST[column]} characters")
        return said

    def _number(self, column: str, most: int) -> int:
        said = self._said(column)
        number = int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else 0
        if not 1 <= number <= most:
            self._wrong(column, f"a number from 1 to {most} is needed", said)
        return number

    def _day(self, column: str) -> date | None:
        said = self._said(column)
        try:
            day = date.fromisoformat(said)
        except ValueError:
            self._wrong(column, "a day is year-month-day: 2023-04-28", said)
            return None
        if day < self.frame.first:
            self._wrong(column, f"that is before the campaign was published ({self.frame.first})", said)
        if day > self.frame.last:
            self._wrong(column, "that day is still to come", said)
        return day

    def _email(self) -> str:
        said = self._said("email")
        if said and (problem := EMAIL.address_problem(said)):
            self._wrong("email", problem)
        return said

    def _answer(self, column: str) -> bool | None:
        said = self._said(column).casefold()
        if said not in (YES, NO, ""):
            self._wrong(column, "yes, no or nothing", said, nearest(said, (YES, NO)))
        return None if not said else said == YES

    def _country(self) -> str:
        said = self._said("country").upper()
        if said and not re.fullmatch("[A-Z]{2}", said):
            self._wrong("country", "a country is its two letters (ISO 3166): AM", said)
        return said

    def _language(self) -> str:
        said, languages = self._said("language"), self.frame.languages
        if said and said not in languages:
            self._wrong("language", f"the campaign speaks {', '.join(languages)}", said, nearest(said, languages))
        return said
