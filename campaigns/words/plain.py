"""The plain text part of a letter: paragraphs of 76 columns, numbered lists, links followed by where they lead."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markdown_it.token import Token

from campaigns.words.places import ANY_PLACE, moved_back

WIDTH = 76
UNBROKEN = 1_000_000  # columns
FULL_WIDTH = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003fffd]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: what stands before its first line, and before every other.

    `gap`: what the empty line before it holds (the marks of a quotation that goes on); None for no empty line.
    """

    first: str
    rest: str
    text: str
    gap: str | None
    as_it_is: bool = False

    def lines(self, places: Mapping[int, str], width: int = WIDTH) -> Iterator[str]:
        return self.set(self.text.translate(places), width)

    def set(self, text: str, width: int = WIDTH) -> Iterator[str]:
        """The lines of the paragraph, with this text in the place of its own."""
        prefix = self.first
        for line in text.split("\n"):
            for piece in [line] if self.as_it_is else wrapped(line, width - len(self.rest)):
                yield (prefix + piece).rstrip()
                prefix = self.rest


def laid_out(blocks: Iterable[Block], places: Mapping[int, str], width: int = WIDTH) -> str:
    """The text of blocks, in lines of so many columns."""
    lines: list[str] = []
    for block in blocks:
        if block.gap is not None and lines:
            lines.append(block.gap)
        lines.extend(block.lines(places, width))
    return "\n".join(lines) + "\n"


def partly_laid_out(blocks: Iterable[Block], places: Mapping[int, str]) -> Iterator[Block | str]:
    """The same, while some places are still empty: blocks without any are laid out, runs of them together."""
    lines: list[str] = []
    is_first = True
    for block in blocks:
        block = replace(block, text=block.text.translate(places), gap=None if is_first else block.gap)
        is_first = False
        if not ANY_PLACE.search(block.text):
            lines.extend([block.gap] if block.gap is not None else [])
            lines.extend(block.lines({}))
            continue
        if lines:
            yield "\n".join(lines)
        lines = []
        yield block
    if lines:
        yield "\n".join(lines)


def wrapped(line: str, width: int) -> Iterator[str]:
    """Broken at spaces only: addresses stay whole, and so do scripts that write without spaces."""
    if len(line) <= width or (not line.isascii() and FULL_WIDTH.search(line)):
        yield line
        return
    start = 0
    while len(line) - start > width:
        end = line.rfind(" ", start, start + width + 1)
        if end < 0:
            end = line.find(" ", start + width + 1)
        if end < 0:
            break
        yield line[start:end]
        start = end + 1
    yield line[start:]


def blocks_of(tokens: Iterable[Token]) -> Iterator[Block]:
    """The paragraphs of a letter, top to bottom."""
    margin = Margin()
    for token in tokens:
        margin.move(token)
        if token.type == "inline":
            yield margin.block(_words(token.children or []))
        elif token.type in ("fence", "code_block"):
            yield margin.block("    " + token.content.rstrip("\n").replace("\n", "\n    "), as_it_is=True)
        elif token.type == "hr":
            yield margin.block("-" * 20)


class Margin:
    """What stands left of the text: numbers, dashes and marks of quotation, as lists and quotations open and close."""

    def __init__(self) -> None:
        self.levels: list[list[str]] = []  # of each item or quotation: before its first line, others, empty ones
        self.numbers: list[int | None] = []
        self.apart = True
        self.begins_list = False

    def move(self, token: Token) -> None:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            start = token.attrGet("start")
            self.numbers.append(int(1 if start is None else start) if token.tag == "ol" else None)
            self.begins_list = len(self.numbers) == 1
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self.numbers.pop()
        elif token.type == "list_item_open":
            self.levels.append(self._item())
        elif token.type == "blockquote_open":
            self.levels.append(["> ", "> ", ""])
        elif token.type in ("list_item_close", "blockquote_close"):
            self.levels.pop()
        elif token.type == "paragraph_open":
            self.apart = self.begins_list or not token.hidden

    def block(self, text: str, as_it_is: bool = False) -> Block:
        first, rest = ("".join(level[place] for level in self.levels) for place in (0, 1))
        gap = "".join(level[2] for level in self.levels).rstrip() if self.apart else None
        self.apart, self.begins_list = True, False
        for level in self.levels:
            level[0] = level[2] = level[1]
        return Block(first, rest, text, gap, as_it_is)

    def _item(self) -> list[str]:
        number = self.numbers[-1]
        mark = "- " if number is None else f"{number}. "
        self.numbers[-1] = None if number is None else number + 1
        return [mark, " " * len(mark), ""]


def _words(children: Iterable[Token]) -> str:
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    for child in children:
        if child.type == "link_open":
            opened.append((len(pieces), str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            start, address = opened.pop()
            shown = address.removeprefix("mailto:")
            if moved_back("".join(pieces[start:])) not in (moved_back(shown), moved_back(address)):
                pieces.append(f" ({shown})")
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak":
            pieces.append("\n")
        else:
            pieces.append(child.content)
    return "".join(pieces)
