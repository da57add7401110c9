"""A letter on paper: one PDF in any script there is a font for, with an address that shows in a window envelope."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

OUR_FONT = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"  # Latin, Cyrillic, Greek, Armenian, Arabic and more
LEFT, TOP, WIDTH, BOTTOM = 25.0, 20.0, 160.0, 25.0  # millimetres on A4
WINDOW = 50.0  # where the recipient's address begins, for windows after DIN 5008 and on C5 and DL envelopes
SIZE, SMALL, LARGE = 10.5, 8.0, 12.0  # points
LINE = 5.2  # millimetres
BROKEN_LINE = re.compile(r"(?<=\S)[ \t]*\n(?=[^\s\d>*•–-])")
JOINERS = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


class NoFont(ValueError):
    """Some letters are in no font that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on it. `sender`, `recipient`: address blocks, line by line. `dated`: place and date in words.

    `text`: paragraphs between empty lines. `enclosures`: title and text of each, on pages of their own.
    `right_to_left`: the script runs that way, and blocks stand on the right.
    """

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    dated: str
    subject: str
    text: str
    enclosures: tuple[tuple[str, str], ...] = ()
    right_to_left: bool = False

    @property
    def words(self) -> str:
        """Everything on it."""
        enclosed = [part for enclosure in self.enclosures for part in enclosure]
        return "\n".join((*self.sender, *self.recipient, self.dated, self.subject, self.text, *enclosed))


def pdf(paper: Paper, fonts: Iterable[Path] = (), *, made_at: datetime | None = None) -> bytes:
    """The letter as a PDF of A4 pages; the same arguments give the same bytes.

    `fonts`: more fonts (TrueType or OpenType), tried in order before our own; the first that has every letter is used.
    Raises NoFont with a sentence that names the letters if there is none.
    """
    from fpdf import FPDF

    document = FPDF(format="A4")
    document.set_creation_date(made_at or datetime(2000, 1, 1, tzinfo=UTC))
    document.set_title(paper.subject)
    document.set_margins(LEFT, TOP, document.w - LEFT - WIDTH)
    document.set_auto_page_break(True, BOTTOM)
    document.add_font("letter", fname=font_for(paper.words, (*fonts, OUR_FONT)))
    document.set_text_shaping(True, direction="rtl" if paper.right_to_left else None)
    document.add_page()
    _head(document, paper)
    _body(document, paper, paper.subject, paper.text)
    for title, text in paper.enclosures:
        document.add_page()
        _body(document, paper, title, text)
    return bytes(document.output())


def font_for(text: str, fonts: Iterable[Path]) -> Path:
    """The first font that has every letter of the text. Raises NoFont."""
    needed = {letter for letter in text if unicodedata.category(letter) not in JOINERS}
    lacking = needed
    for font in fonts:
        missing = {letter for letter in needed if ord(letter) not in _letters_of(font)}
        if not missing:
            return font
        lacking = min(lacking, missing, key=len)
    shown = "".join(sorted(lacking)[:12])
    raise NoFont(f"No font has these letters: {shown}. Name one that does, such as one of the Noto family")


@cache
def _letters_of(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, fontNumber=0, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _head(document: "FPDF", paper: Paper) -> None:
    document.set_font("letter", size=SMALL)
    _block(document, paper, paper.sender, LINE * 0.8)
    document.set_y(max(WINDOW, document.get_y() + LINE))
    document.set_font("letter", size=SIZE)
    _block(document, paper, paper.recipient, LINE)
    document.set_y(max(WINDOW + 45, document.get_y() + 2 * LINE))
    document.multi_cell(
        WIDTH, LINE, paper.dated, align="L" if paper.right_to_left else "R", new_x="LMARGIN", new_y="NEXT"
    )
    document.ln(LINE)


def _body(document: "FPDF", paper: Paper, title: str, text: str) -> None:
    side = "R" if paper.right_to_left else "L"
    document.set_font("letter", size=LARGE)
    document.multi_cell(WIDTH, LINE * 1.2, title, align=side, new_x="LMARGIN", new_y="NEXT")
    document.ln(LINE)
    document.set_font("letter", size=SIZE)
    for paragraph in re.split(r"\n\s*\n", "\n".join(text.strip().splitlines())):
        document.multi_cell(WIDTH, LINE, BROKEN_LINE.sub(" ", paragraph), align=side, new_x="LMARGIN", new_y="NEXT")
        document.ln(LINE * 0.6)


def _block(document: "FPDF", paper: Paper, lines: tuple[str, ...], height: float) -> None:
    for line in lines:
        document.multi_cell(
            WIDTH / 2 if not paper.right_to_left else WIDTH, height, line, align="R" if paper.right_to_left else "L",
            new_x="LMARGIN", new_y="NEXT",
        )  # fmt: skip
