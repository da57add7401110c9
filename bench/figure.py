"""What a benchmark says."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from bench.machine import commit, machine


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `must` and `stretch`: what it has to reach, and what it should; None if it only gives scale."""

    name: str
    value: float
    unit: str
    better: Literal["higher", "lower"]
    must: float | None = None
    stretch: float | None = None

    @property
    def verdict(self) -> str:
        """How it stands to what was wanted: `stretch`, `must`, `missed`, or nothing."""
        if self.must is None:
            return ""
        if self.stretch is not None and self._reaches(self.stretch):
            return "stretch"
        return "must" if self._reaches(self.must) else "missed"

    def _reaches(self, wanted: float) -> bool:
        return self.value >= wanted if self.better == "higher" else self.value <= wanted


def as_json(figures: Sequence[Figure], notes: Sequence[str]) -> str:
    """One object: the figures, the commit, and the machine with what else was peculiar to the run."""
    return json.dumps(
        {
            "figures": [asdict(figure) for figure in figures],
            "commit": commit(),
            "machine": "; ".join([machine(), *notes]),
        },
        ensure_ascii=False,
    )


def as_table(figures: Sequence[Figure], notes: Sequence[str]) -> str:
    """The same for eyes."""
    rows = [("", "value", "unit", "must", "stretch", "")]
    rows += [
        (figure.name, _short(figure.value), figure.unit, _short(figure.must), _short(figure.stretch), figure.verdict)
        for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(_aligned(cell, width, column) for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join([*(line.rstrip() for line in lines), "", *notes, f"{machine()}, commit {commit()}"])


def _aligned(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column in (1, 3, 4) else cell.ljust(width)


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
