"""A text too long for one post on X, as several that answer one another."""

import re

from channels.x import X

LONGEST = 280
ROOM_FOR_NUMBER = len(" (10/25)")
WORD = re.compile(r"\S+\s*")
PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?։。！？])\s+|\n"))  # the best places to break first


def thread(text: str, most: int) -> list[str]:
    """The posts, numbered at the end if there are several; together they have every word, in order.

    Raises ValueError if there would be more than `most`, or if one word is too long for a post.
    """
    if X.length(text) <= LONGEST:
        return [text]
    parts: list[str] = []
    rest = text.strip()
    while rest and most > 1:
        part = _first(rest)
        parts.append(part.rstrip())
        rest = rest[len(part) :].lstrip()
    if not 1 < len(parts) <= most:
        posts = f"{len(parts)} posts" if parts else "more than one post"
        raise ValueError(f"This counts {X.length(text):,} the way X counts: {posts}, and {most} may be sent")
    return [f"{part} ({number}/{len(parts)})" for number, part in enumerate(parts, 1)]


def _first(rest: str) -> str:
    longest = ""
    for word in WORD.finditer(rest):
        if X.length(rest[: word.end()].rstrip()) > LONGEST - ROOM_FOR_NUMBER:
            break
        longest = rest[: word.end()]
    if not longest:
        raise ValueError("One word is too long for a post")
    return _broken_well(longest) if len(longest) < len(rest) else longest


def _broken_well(longest: str) -> str:
    for pause in PAUSES:
        ends = [found.end() for found in pause.finditer(longest)]
        if ends and ends[-1] >= len(longest) // 2:
            return longest[: ends[-1]]
    return longest
