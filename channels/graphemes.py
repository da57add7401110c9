"""What a reader would call one character: a letter with its accents, a flag, a family emoji (Unicode UAX 29)."""

import regex

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """How many characters a reader sees in `text`."""
    return sum(1 for _ in _GRAPHEME.finditer(text))
