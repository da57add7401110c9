"""Where in a wording a word stands, and the few things its text may not contain."""

import re
from collections.abc import Iterator

from campaigns.words.limits import LONGEST_SOURCE
from campaigns.words.problem import Problem

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Text:
    """The text of one part (`subject` or `body`) of a wording."""

    def __init__(self, part: str, text: str) -> None:
        self.part = part
        self.text = text
        self.lines = text.split("\n")

    def problem(self, line: int, word: str, message: str, value: str = "", suggestion: str = "") -> Problem:
        return Problem(self.part, line, self.column(line, word), message, value or word, suggestion)

    def column(self, line: int, word: str) -> int:
        """Where `word` stands in a tag of that line; else where the line's first tag begins."""
        if not 1 <= line <= len(self.lines):
            return 1
        text, start = self.lines[line - 1], sum(len(each) + 1 for each in self.lines[: line - 1])
        for tag in TAG.finditer(self.text):
            if tag.end() > start and tag.start() <= start + len(text):
                found = _word(word, self.text, max(tag.start(), start), tag.end())
                if found >= 0:
                    return found - start + 1
        return max(text.find("{"), 0) + 1

    def unwritable(self) -> Iterator[Problem]:
        """Text that no wording may have, whatever its language says."""
        if len(self.text) > LONGEST_SOURCE:
            yield Problem(self.part, 1, 1, f"this is longer than a wording may be: {LONGEST_SOURCE:,} characters")
        for number, line in enumerate(self.lines, 1):
            if found := PRIVATE.search(line) or BROKEN.search(line):
                code = f"U+{ord(found.group()):04X}"
                yield Problem(self.part, number, found.start() + 1, "this character has no business in a text", code)


def _word(word: str, text: str, start: int, end: int) -> int:
    edge = r"(?<![\w]){}(?![\w])" if word[:1].isalnum() else r"{}"
    found = re.compile(edge.format(re.escape(word))).search(text, start, end) if word else None
    return found.start() if found else -1
