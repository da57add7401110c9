"""What a report shows, as plain values, on a page and on paper alike. Shares are of 1; words are ready to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "info", "warn", "bad", "odd", "dim", "pale", "quiet"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, from `start`, `share` wide."""

    label: str
    count: int
    tone: Tone
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of equal length, each cut into parts. `legend`: what each tone stands for, and how many that is in all."""

    bars: tuple[Bar, ...]
    legend: tuple[tuple[Tone, str, int], ...]


@dataclass(frozen=True, slots=True)
class Stair:
    """A number that only grows, step by step: (when, how much) as shares of the whole width and height."""

    label: str
    tone: Tone
    total: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment worth a line across the chart, with a short name for it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Stairs:
    """`top`: the number at full height; `ticks`: what stands below the time line, and where."""

    stairs: tuple[Stair, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    top: str


@dataclass(frozen=True, slots=True)
class Table:
    """`words`: how many columns from the left hold words; the others hold numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """One thing the report says: its finding as a sentence, perhaps a chart of it, and the numbers."""

    key: str
    title: str
    finding: str
    table: Table
    chart: Bars | Stairs | None = None


def bar(label: str, parts: Sequence[tuple[str, int, Tone]]) -> Bar:
    """Parts that nobody is in are left out."""
    whole, start, found = sum(count for _, count, _ in parts), 0.0, list[Part]()
    for said, count, tone in parts:
        if count:
            found.append(Part(said, count, tone, start, count / whole))
            start += count / whole
    return Bar(label, tuple(found))
