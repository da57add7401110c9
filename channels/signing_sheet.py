"""Sheets for signatures on paper: what is signed, who asks for it, what becomes of it, and rows to write in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from channels.paper import OUR_FONT, font_for

if TYPE_CHECKING:
    pass

EDGE, WIDTH, FOOT = 12.0, 273.0, 14.0  # millimetres, on A4 that lies
QR, ROW, LINE = 30.0, 11.0, 4.0
LARGE, SIZE, SMALL = 15.0, 9.0, 7.5  # points
FEWEST_ROWS = 5  # that must fit below what is signed, or the table begins on a page of its own
SHARES = (4, 20, 20, 22, 6, 6, 8, 14)  # of the width, in per cent
INK, SOFT, RULE = (20, 24, 28), (80, 86, 92), (140, 146, 152)


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSheet:
    """`columns`: what the eight columns are called. `explained`: what a tick in the two narrow ones means.

    Each sheet has as many rows as fit.

    `qr`: the dark and light modules of a code, row by row. `numbers`: of the sheets; 0 leaves room to write one.
    `number`: the word before it. `foot`: at the end of each page.
    """

    title: str
    who: str
    demands: tuple[str, ...]
    terms: tuple[str, ...]
    columns: tuple[str, str, str, str, str, str, str, str]
    explained: tuple[str, ...]
    number: str
    numbers: tuple[int, ...]
    foot: str
    qr: tuple[tuple[bool, ...], ...]
    right_to_left: bool = False

    @property
    def words(self) -> str:
        """Everything on it."""
        told = (*self.demands, *self.terms, *self.columns, *self.explained)
        return "\n".join((self.title, self.who, *told, self.number, self.foot, "0123456789…_"))


def pdf(sheet: SigningSheet, fonts: Iterable[Path] = (), *, made_at: datetime | None = None) -> bytes:
    """A PDF; the same arguments give the same bytes. Raises NoFont as `channels.paper.pdf` does."""
    return _Printer(sheet, font_for(sheet.words, (*fonts, OUR_FONT)), made_at).print()


class _Printer:
    def __init__(self, sheet: SigningSheet, font: Path, made_at: datetime | None) -> None:
        from fpdf import FPDF

        self.sheet, self.side = sheet, "R" if sheet.right_to_left else "L"
        paper: FPDF = FPDF(format="A4", orientation="landscape")
        paper.set_creation_date(made_at or datetime(2000, 1, 1, tzinfo=UTC))
        paper.set_title(sheet.title)
        paper.set_margins(EDGE, EDGE, EDGE)
        paper.set_auto_page_break(False)
        paper.add_font("sheet", fname=font)
        paper.set_text_shaping(True, direction="rtl" if sheet.right_to_left else None)
        self.paper = paper

    def print(self) -> bytes:
        for number in self.sheet.numbers:
            self._sheet(number)
        return bytes(self.paper.output())

    def _sheet(self, number: int) -> None:
        self._page(number)
        self._head(number)
        if self._room < FEWEST_ROWS:
            self._page(number)
        rows = self._room
        self._columns()
        for row in range(1, rows + 1):
            self._row(str(row))

    @property
    def _room(self) -> int:
        """How many rows fit below what stands on the page, and below the names of the columns."""
        return int((self._bottom - self.paper.get_y()) / ROW) - 1

    @property
    def _bottom(self) -> float:
        return float(self.paper.h) - FOOT

    def _page(self, number: int) -> None:
        sheet = self.sheet
        self.paper.add_page()
        self._ink(SMALL, SOFT)
        self.paper.set_xy(EDGE, self.paper.h - FOOT + 3)
        said = f"{sheet.number} {number or '________'}"
        self.paper.cell(WIDTH * 0.75, LINE, sheet.foot, align=self.side)
        self.paper.set_xy(EDGE, EDGE - 6)
        self.paper.cell(WIDTH, LINE, said, align="L" if sheet.right_to_left else "R")
        self.paper.set_xy(EDGE, EDGE)

    def _head(self, number: int) -> None:
        sheet, top, first = self.sheet, self.paper.get_y(), self.paper.page_no()
        self._code(EDGE if sheet.right_to_left else EDGE + WIDTH - QR, top)
        for words, size, colour in ((sheet.title, LARGE, INK), (sheet.who, SIZE, SOFT)):
            self._say(words, size, colour, WIDTH - QR - 6, number)
        for demand in sheet.demands:
            self._say(demand, SIZE, INK, WIDTH - QR - 6, number)
        if self.paper.page_no() == first:
            self.paper.set_y(max(self.paper.get_y(), top + QR) + 1)
        for words in (*sheet.terms, *sheet.explained):
            self._say(words, SMALL, SOFT, WIDTH, number)
        self.paper.ln(1.5)

    def _say(self, words: str, size: float, colour: Sequence[int], width: float, number: int) -> None:
        """A paragraph; a page that is full is followed by another one."""
        self._ink(size, colour)
        left = EDGE + WIDTH - width if self.sheet.right_to_left else EDGE
        for line in self._lines(width, words):
            if self.paper.get_y() + size * 0.46 > self._bottom:
                self._page(number)
                self._ink(size, colour)
            self.paper.set_x(left)
            self.paper.cell(width, size * 0.46, line, align=self.side, new_x="LMARGIN", new_y="NEXT")
        self.paper.ln(0.7)

    def _code(self, x: float, y: float) -> None:
        size = QR / len(self.sheet.qr)
        self.paper.set_fill_color(0, 0, 0)
        for down, modules in enumerate(self.sheet.qr):
            for across, is_dark in enumerate(modules):
                if is_dark:
                    self.paper.rect(x + across * size, y + down * size, size * 1.02, size * 1.02, style="F")

    def _columns(self) -> None:
        self._ink(SMALL, INK)
        for (x, width), name in zip(self._places(), self.sheet.columns, strict=True):
            self.paper.rect(x, self.paper.get_y(), width, ROW)
            self._within(x, width, name)
        self.paper.set_y(self.paper.get_y() + ROW)

    def _row(self, number: str) -> None:
        y = self.paper.get_y()
        self._ink(SMALL, SOFT)
        for place, (x, width) in enumerate(self._places()):
            self.paper.set_draw_color(*RULE)
            self.paper.rect(x, y, width, ROW)
            if place == 0:
                self._within(x, width, number)
            if place in (4, 5):
                self.paper.rect(x + width / 2 - 2.2, y + ROW / 2 - 2.2, 4.4, 4.4)
        self.paper.set_y(y + ROW)

    def _within(self, x: float, width: float, words: str) -> None:
        y = self.paper.get_y()
        lines = self._lines(width - 1, words)
        self.paper.set_xy(x + 0.5, y + max(0.4, (ROW - 3.2 * len(lines)) / 2))
        self.paper.multi_cell(width - 1, 3.2, words, align="C")
        self.paper.set_y(y)

    def _lines(self, width: float, words: str) -> list[str]:
        """The words as they would be broken."""
        return cast("list[str]", self.paper.multi_cell(width, 1, words, dry_run=True, output="LINES"))

    def _places(self) -> list[tuple[float, float]]:
        """Where each column begins, and how wide it is; from the right in a script that runs so."""
        x, places = 0.0, []
        for width in (WIDTH * share / 100 for share in SHARES):
            places.append((EDGE + WIDTH - x - width if self.sheet.right_to_left else EDGE + x, width))
            x += width
        return places

    def _ink(self, size: float, colour: Sequence[int]) -> None:
        self.paper.set_font("sheet", size=size)
        self.paper.set_text_color(*colour)
        self.paper.set_draw_color(*RULE)
