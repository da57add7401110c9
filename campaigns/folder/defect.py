"""What is wrong with a campaign folder, and where."""

import re
from dataclasses import dataclass, replace

from campaigns.folder.limits import MOST_DEFECTS

LONGEST_VALUE = 60  # characters of a value that are repeated to the reader


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """One thing wrong. `file` is relative to the folder; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    message: str
    value: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        value = f" ({self.shown})" if self.value and not self._says_its_value() else ""
        near = f" — did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{value}{near}"

    def saying(self, message: str) -> "Defect":
        return replace(self, message=message)

    def _says_its_value(self) -> bool:
        return re.search(rf"(?<!\w){re.escape(self.value)}(?!\w)", self.message) is not None

    @property
    def shown(self) -> str:
        """The value on one line, cut where it is long."""
        one_line = " ".join(self.value.split())
        return one_line if len(one_line) <= LONGEST_VALUE else one_line[: LONGEST_VALUE - 1] + "…"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something a person should know that is not wrong."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Defects(list[Defect]):
    """The defects of one file, as they are found."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = _writable(file)

    def add(self, at: tuple[int, int], message: str, value: str = "", suggestion: str = "") -> None:
        if len(self) < MOST_DEFECTS:
            self.append(Defect(self.file, *at, _writable(message), _writable(value), suggestion))
        elif not self.are_too_many:
            self.append(Defect(self.file, *at, f"more than {MOST_DEFECTS} mistakes: this file is not read further"))

    @property
    def are_too_many(self) -> bool:
        return len(self) > MOST_DEFECTS


def _writable(text: str) -> str:
    """A file's name may hold bytes that no text can."""
    return text.encode(errors="replace").decode()
