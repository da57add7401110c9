"""A letter that many share, and the words that each has for itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Pattern:
    """The two parts of a letter, with marks where each reader has words of their own.

    A mark is any string that stands nowhere else, such as `\\ue000name\\ue001`; text and HTML may need different words
    and so different marks.
    """

    text: str
    html: str = ""

    def filled(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Text and HTML with every mark replaced by its words, all at once: words that look like marks stay."""
        if not words:
            return self.text, self.html
        marks = _any_of(tuple(words))
        return tuple(marks.sub(lambda mark: words[mark[0]], part) for part in (self.text, self.html))  # type: ignore[return-value]

    def is_plain(self, words: Mapping[str, str]) -> bool:
        """Whether replacing the marks one after the other, in any order, must give the same: no words have a mark in
        them, and no mark another.
        """
        marks = [mark for mark in words if mark]
        apart = all(mark == other or mark not in other for mark in marks for other in marks)
        return len(marks) == len(words) and apart and not any(mark in said for mark in marks for said in words.values())


@lru_cache(maxsize=64)
def _any_of(marks: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True)))
