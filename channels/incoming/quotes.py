"""An answer and what it answers: own words apart from quotes and signatures, line by line.

Mail programs mark quotes by `>`, by a line that says who wrote when, by a line across, or by a copy of the headers;
each in the language of the person who uses it. What no mark betrays stays with the own words: nothing is lost.
"""

import re
from dataclasses import dataclass

from channels.incoming.html import MARK
from channels.incoming.phrases.quote import (
    ACROSS,
    DATED,
    HEADER_LINE,
    RULE,
    SENDER_LINE,
    SENT_FROM,
    SIGNATURE,
    WROTE,
)

LINE = 400  # characters of a line that are looked at
MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Folded:
    """`own`: what the writer says now. `quoted`: what they quote, their signature, and lines about either."""

    own: str
    quoted: str


def folded(text: str) -> Folded:
    """Tell the answer from what it answers. Every line of the text is in one of the two."""
    lines = text.split("\n")
    is_away = [line.lstrip().startswith(">") for line in lines]
    last_mark = max((number for number, away in enumerate(is_away) if away), default=-1)
    for number, line in enumerate(lines[:MOST_LINES]):
        if is_away[number] or not line:
            continue
        if length := _introduction(lines, number):
            has_marks = any(is_away[number : number + length + 4])
            end = number + length if has_marks and last_mark > number else len(lines)
            is_away[number:end] = [True] * (end - number)
        elif SIGNATURE.match(line):
            end = next((n for n in range(number + 1, len(lines)) if is_away[n]), len(lines))
            is_away[number:end] = [True] * (end - number)
        elif SENT_FROM.match(line.strip()[:LINE]):
            is_away[number] = True
    return Folded(_kept(lines, is_away, False), _kept(lines, is_away, True).replace(MARK, "").strip())


def _introduction(lines: list[str], number: int) -> int:
    """How many lines here introduce a quote: 0 if they do not."""
    line = lines[number][:LINE]
    if MARK in line or ACROSS.match(line):
        return 1
    if RULE.match(line) and any(SENDER_LINE.match(each[:LINE]) for each in lines[number + 1 : number + 4]):
        return 1
    if SENDER_LINE.match(line) and any(HEADER_LINE.match(each[:LINE]) for each in lines[number + 1 : number + 4]):
        return 1 + sum(bool(HEADER_LINE.match(each[:LINE])) for each in lines[number + 1 : number + 7])
    return _attribution(lines, number)


def _attribution(lines: list[str], number: int) -> int:
    """A line such as “On 28 April 2023, A wrote:”, which programs break in two or three."""
    if not lines[number].strip() or len(lines[number]) > LINE:
        return 0
    whole = ""
    for length, line in enumerate(lines[number : number + 3], 1):
        if not line.strip() or (length > 1 and line.lstrip().startswith(">")):
            return 0
        whole = f"{whole} {line.strip()}"[-LINE:]
        if DATED.search(whole) and WROTE.search(line.strip()[-120:]):
            follows = "".join(lines[number + length : number + length + 3]).lstrip()
            ends = line.rstrip().endswith((":", "：", "՝"))
            return length if (ends and len(whole) < 300) or follows.startswith(">") or MARK in follows else 0
    return 0


def _kept(lines: list[str], is_away: list[bool], wanted: bool) -> str:
    kept = [line.rstrip() for line, away in zip(lines, is_away, strict=True) if away is wanted]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
