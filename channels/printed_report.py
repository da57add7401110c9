"""A report on paper: figures, charts drawn with lines and boxes, and tables, in any script there is a font for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from channels.chart import Bars, Section, Stairs, Table, Tone
from channels.paper import OUR_FONT, font_for

if TYPE_CHECKING:
    pass

LEFT, TOP, WIDTH, BOTTOM = 18.0, 18.0, 174.0, 20.0  # millimetres on A4
SIZE, SMALL, LARGE, HUGE = 9.5, 8.0, 12.5, 20.0  # points
LINE, BAR, CHART = 4.8, 6.0, 42.0  # millimetres
INK, SOFT = (28, 36, 38), (96, 104, 106)
TONES: dict[Tone, tuple[int, int, int]] = {
    "good": (37, 111, 71),
    "info": (22, 96, 116),
    "warn": (178, 116, 18),
    "bad": (166, 45, 36),
    "odd": (106, 72, 150),
    "dim": (92, 100, 102),
    "pale": (150, 158, 160),
    "quiet": (205, 207, 203),
}
LIGHT: frozenset[Tone] = frozenset({"quiet", "pale"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedReport:
    """What stands on it. `facts`, `figures`: label and value. `warning`: said at the head of an invented one.

    `notes`: sentences under `notes_title`. `links`: label and address. `page`: the word before a page's number.
    """

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes_title: str
    notes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    page: str
    warning: str = ""
    right_to_left: bool = False

    @property
    def words(self) -> str:
        """Everything on it, to find a font that has it."""
        return "\n".join(_texts(self))


def pdf(report: PrintedReport, fonts: Iterable[Path] = (), *, made_at: datetime | None = None) -> bytes:
    """A PDF of A4 pages; the same arguments give the same bytes. Raises NoFont as `channels.paper.pdf` does."""
    return _Printer(report, font_for(report.words, (*fonts, OUR_FONT)), made_at).print()


class _Printer:
    def __init__(self, report: PrintedReport, font: Path, made_at: datetime | None) -> None:
        from fpdf import FPDF

        self.report = report
        self.side = "R" if report.right_to_left else "L"
        paper = self.paper = FPDF(format="A4")
        paper.set_creation_date(made_at or datetime(2000, 1, 1, tzinfo=UTC))
        paper.set_title(f"{report.kind}: {report.title}")
        paper.set_margins(LEFT, TOP, paper.w - LEFT - WIDTH)
        paper.set_auto_page_break(True, BOTTOM)
        paper.add_font("report", fname=font)
        paper.set_text_shaping(True, direction="rtl" if report.right_to_left else None)
        paper.footer = self._foot  # type: ignore[method-assign]

    def print(self) -> bytes:
        report = self.report
        self.paper.add_page()
        self._say(report.kind, SMALL, SOFT)
        self._say(report.title, HUGE)
        if report.warning:
            self._say(report.warning, SIZE, TONES["bad"])
        for label, value in report.facts:
            self._say(f"{label}: {value}", SIZE, SOFT)
        self._figures()
        for section in report.sections:
            self._section(section)
        self._heading(report.notes_title)
        for note in report.notes:
            self._say(f"• {note}", SIZE)
        for label, address in report.links:
            self._say(f"{label}: {address}", SIZE, SOFT)
        return bytes(self.paper.output())

    def _foot(self) -> None:
        self.paper.set_y(-BOTTOM + 6)
        self.paper.set_font("report", size=SMALL)
        self.paper.set_text_color(*SOFT)
        words = f"{self.report.kind}: {self.report.title} · {self.report.page} {self.paper.page_no()}"
        self.paper.cell(WIDTH, LINE, words, align=self.side)

    def _say(self, words: str, size: float, colour: Sequence[int] = INK) -> None:
        self.paper.set_font("report", size=size)
        self.paper.set_text_color(*colour)
        height = size * 0.52
        self.paper.multi_cell(WIDTH, height, words, align=self.side, new_x="LMARGIN", new_y="NEXT")
        self.paper.ln(0.8)

    def _heading(self, words: str) -> None:
        self.paper.ln(4)
        if self.paper.will_page_break(40):
            self.paper.add_page()
        self._say(words, LARGE)

    def _figures(self) -> None:
        self.paper.ln(3)
        top, width = self.paper.get_y(), WIDTH / max(1, len(self.report.figures))
        for number, (label, value) in enumerate(self.report.figures):
            place = len(self.report.figures) - 1 - number if self.report.right_to_left else number
            for words, size, colour, y in ((value, LARGE, INK, top), (label, SMALL, SOFT, top + 7)):
                self.paper.set_xy(LEFT + place * width, y)
                self.paper.set_font("report", size=size)
                self.paper.set_text_color(*colour)
                self.paper.cell(width, LINE, words, align=self.side)
        self.paper.set_xy(LEFT, top + 14)

    def _section(self, section: Section) -> None:
        self._heading(section.title)
        self._say(section.finding, SIZE, SOFT)
        match section.chart:
            case Bars():
                self._bars(section.chart)
            case Stairs():
                self._stairs(section.chart)
        self._table(section.table)

    def _bars(self, chart: Bars) -> None:
        for bar in chart.bars:
            if self.paper.will_page_break(BAR + LINE + 2):
                self.paper.add_page()
            if bar.label:
                self._say(bar.label, SMALL)
            top = self.paper.get_y()
            for part in bar.parts:
                self._box(part.tone, LEFT + part.start * WIDTH, top, part.share * WIDTH, str(part.count))
            self.paper.set_xy(LEFT, top + BAR + 1.5)
        self._legend([(tone, f"{label}: {count}") for tone, label, count in chart.legend])

    def _box(self, tone: Tone, x: float, y: float, width: float, words: str) -> None:
        self.paper.set_fill_color(*TONES[tone])
        self.paper.rect(x, y, max(width - 0.4, 0.2), BAR, style="F")
        self.paper.set_font("report", size=SMALL)
        if self.paper.get_string_width(words) + 1 < width:
            self.paper.set_text_color(*(INK if tone in LIGHT else (255, 255, 255)))
            self.paper.set_xy(x, y)
            self.paper.cell(width - 0.4, BAR, words, align="C")

    def _legend(self, entries: Iterable[tuple[Tone, str]]) -> None:
        self.paper.set_font("report", size=SMALL)
        x, y = LEFT, self.paper.get_y()
        for tone, words in entries:
            width = self.paper.get_string_width(words) + 10
            if x + width > LEFT + WIDTH:
                x, y = LEFT, y + LINE
            self.paper.set_fill_color(*TONES[tone])
            self.paper.rect(x, y + 1, 2.6, 2.6, style="F")
            self.paper.set_text_color(*INK)
            self.paper.set_xy(x + 3.4, y)
            self.paper.cell(width - 4, LINE, words)
            x += width
        self.paper.set_xy(LEFT, y + LINE + 2)

    def _stairs(self, chart: Stairs) -> None:
        if self.paper.will_page_break(CHART + 20):
            self.paper.add_page()
        top, left, width = self.paper.get_y() + 4, LEFT + 8, WIDTH - 10
        foot = top + CHART
        self.paper.set_draw_color(*TONES["quiet"])
        self.paper.line(left, foot, left + width, foot)
        self.paper.line(left, top, left + width, top)
        self._small(chart.top, left - 8, top - 2, 7)
        self._small("0", left - 8, foot - 2, 7)
        for tick in chart.ticks:
            self._small(tick.label, left + tick.at * width - 5, foot + 0.5, 10)
        self.paper.set_dash_pattern(1, 1)
        self.paper.set_draw_color(*TONES["pale"])
        for mark in chart.marks:
            self.paper.line(left + mark.at * width, top, left + mark.at * width, foot)
            self._small(mark.label, left + mark.at * width - 5, top - 4.5, 10)
        self.paper.set_dash_pattern()
        for stair in chart.stairs:
            self._stair([(left + x * width, foot - y * CHART) for x, y in stair.points], stair.tone, left, width, foot)
        self.paper.set_xy(LEFT, foot + 6)
        self._legend([(stair.tone, f"{stair.label}: {stair.total}") for stair in chart.stairs])

    def _stair(self, points: Sequence[tuple[float, float]], tone: Tone, left: float, width: float, foot: float) -> None:
        self.paper.set_draw_color(*TONES[tone])
        self.paper.set_line_width(0.7)
        x, y = left, foot
        for next_x, next_y in points:
            self.paper.line(x, y, next_x, y)
            self.paper.line(next_x, y, next_x, next_y)
            x, y = next_x, next_y
        self.paper.line(x, y, left + width, y)
        self.paper.set_line_width(0.2)

    def _small(self, words: str, x: float, y: float, width: float) -> None:
        self.paper.set_font("report", size=SMALL)
        self.paper.set_text_color(*SOFT)
        self.paper.set_xy(x, y)
        self.paper.cell(width, LINE, words, align="C")

    def _table(self, table: Table) -> None:
        from fpdf.enums import TableBordersLayout

        self.paper.set_font("report", size=SMALL)
        self.paper.set_text_color(*INK)
        self.paper.set_draw_color(*TONES["quiet"])
        self.paper.set_fill_color(255, 255, 255)
        order = range(len(table.columns))
        columns = list(reversed(order)) if self.report.right_to_left else list(order)
        widths = [_weight(table, column) for column in columns]
        rtl = self.report.right_to_left
        aligns = tuple("RIGHT" if (column >= table.words) != rtl else "LEFT" for column in columns)
        with self.paper.table(
            col_widths=widths,
            text_align=aligns,
            line_height=LINE * 0.9,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            padding=0.6,
            first_row_as_headings=True,
            headings_style=_plain(),
            width=int(WIDTH),
        ) as shown:
            for row in (table.columns, *table.rows):
                line = shown.row()
                for column in columns:
                    line.cell(row[column])
        self.paper.ln(1)


def _weight(table: Table, column: int) -> float:
    """How wide a column wants to be beside the others: words more than numbers, long words more than short ones."""
    cells = [row[column] for row in (table.columns, *table.rows)]
    if column < table.words:
        return min(max(len(cell) for cell in cells), 34)
    return max(8, *(len(word) + 3 for cell in cells for word in cell.split()))


def _plain() -> object:
    """Column heads without a bold face, which our font does not have."""
    from fpdf.fonts import FontFace

    return FontFace(emphasis="", color=SOFT)


def _texts(report: PrintedReport) -> Iterable[str]:
    yield from (report.kind, report.title, report.warning, report.notes_title, report.page, *report.notes, "•–·:")
    for label, value in (*report.facts, *report.figures, *report.links):
        yield from (label, value)
    for section in report.sections:
        yield from (section.title, section.finding, *section.table.columns)
        for row in section.table.rows:
            yield from row
        match section.chart:
            case Bars():
                yield from (label for _, label, _ in section.chart.legend)
                yield from (bar.label for bar in section.chart.bars)
            case Stairs():
                yield from (stair.label for stair in section.chart.stairs)
