"""What is wrong with a wording, and where."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `part` is `subject` or `body`; line and column count from 1 inside that part."""

    part: str
    line: int
    column: int
    message: str
    value: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        near = f": did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.part}, line {self.line}, column {self.column}: {self.message}{near}"


class Unfit(Exception):
    """A wording cannot be used: it does not follow the rules of the language, or cannot be written for this reader."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


class Refused(Exception):
    """Something a wording asked for while it was being written is not allowed; the sentence says what."""
