"""One letter for many supporters: written once, so that each of them costs only their own name and links."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from html import escape
from typing import Any, NamedTuple, Self

from campaigns.words.context import Context, Links, Supporter
from campaigns.words.letter import Set
from campaigns.words.link import Link
from campaigns.words.page import clean
from campaigns.words.places import ANY_PLACE, SUBJECT
from campaigns.words.plain import Block, partly_laid_out
from campaigns.words.problem import Problem, Refused, Unfit
from campaigns.words.wording import Compiled, Rendered, one_line
from channels.pattern import Pattern

NAME = "\ue000name\ue001"  # stands for the supporter's name while the stencil is made
MARKS = {field.name: Link(f"https://stencil.invalid/{field.name}") for field in fields(Links)}  # and for their links
SPLIT = re.compile(f"({ANY_PLACE.pattern})")


class Filled(NamedTuple):
    """What is personal of one letter: its subject, and what stands at each mark of the stencil's pattern."""

    subject: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Stencil:
    """A letter with all filled in but what is personal: a supporter's name, and those of the links called `own`.

    `text`: blocks with places, and what is the same for everybody. `html`: every second piece is a place. `places`:
    what is personal (`NAME`, or what stands for a link) and the character that stands for it in the letter.
    """

    own: tuple[str, ...]
    subject: str
    text: tuple[Block | str, ...]
    html: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    addresses: frozenset[str]
    begins: frozenset[str]

    def fill(self, name: str, links: Links) -> Filled | None:
        """This supporter's part of the letter. Raises Unfit.

        None where an empty name or link may change the shape of the letter: render it.
        """
        values: dict[str, str] = {NAME: clean(name).strip(), **{MARKS[each]: getattr(links, each) for each in self.own}}
        if not all(values.values()):
            return None
        subject = self.subject
        for mark, value in values.items():
            if mark in subject:
                subject = one_line(subject.replace(mark, value))
        try:
            text, html = self._letter.fillings(((_kind(mark), values[mark]), place) for mark, place in self.places)
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None
        html[SUBJECT] = escape(subject)
        blocks = [_laid_out(block, pieces, text) for block, pieces in self._blocks]
        return Filled(subject, (*blocks, *(html.get(ord(place), place) for place in self.html[1::2])))

    def whole(self, filled: Filled) -> Rendered:
        """The same letter, word for word, that rendering it for this supporter gives."""
        subject, words = filled
        lines, pieces, count = list(self.text), list(self.html), len(self._at)
        for at, block in zip(self._at, words, strict=False):
            lines[at] = block
        pieces[1::2] = words[count:]
        return Rendered(subject, "\n".join(lines) + "\n", "".join(pieces))  # type: ignore[arg-type]

    @cached_property
    def pattern(self) -> Pattern:
        """The two parts, with a mark for each of the words that `fill` gives."""
        whole = self.whole(Filled("", self.marks))
        return Pattern(whole.text, whole.html)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        return tuple(f"\ue000{number}\ue001" for number in range(len(self._at) + len(self.html) // 2))

    @cached_property
    def _at(self) -> tuple[int, ...]:
        return tuple(at for at, part in enumerate(self.text) if isinstance(part, Block))

    @cached_property
    def _blocks(self) -> list[tuple[Block, list[str]]]:
        """Those with places, their texts cut at these; the first part of a letter has no empty line before it."""
        blocks = [(at, part) for at, part in enumerate(self.text) if isinstance(part, Block)]
        return [(block if at else replace(block, gap=None), SPLIT.split(block.text)) for at, block in blocks]

    @cached_property
    def _letter(self) -> Set:
        return Set("", (), self.addresses, self.begins)

    def to_keep(self) -> dict[str, Any]:
        """Plain values for JSON, from which `kept` makes the same stencil again."""
        return {
            "own": list(self.own),
            "subject": self.subject,
            "text": [part if isinstance(part, str) else asdict(part) for part in self.text],
            "html": list(self.html),
            "places": [list(pair) for pair in self.places],
            "addresses": sorted(self.addresses),
            "begins": sorted(self.begins),
        }

    @classmethod
    def kept(cls, content: Mapping[str, Any]) -> Self:
        """A stencil from what `to_keep` gave."""
        return cls(
            own=tuple(content["own"]),
            subject=content["subject"],
            text=tuple(part if isinstance(part, str) else Block(**part) for part in content["text"]),
            html=tuple(content["html"]),
            places=tuple((mark, place) for mark, place in content["places"]),
            addresses=frozenset(content["addresses"]),
            begins=frozenset(content["begins"]),
        )


def stencil(compiled: Compiled, context: Context, own: tuple[str, ...] = tuple(MARKS)) -> Stencil | None:
    """A stencil for all supporters who are written to in this context, whoever it names.

    `own`: the links that each of them has for themselves; the others are the context's.
    None for a post, and for a wording that does more with people than put in their names and links. Raises Unfit.
    """
    if compiled.subject is None or not compiled.only_prints_people:
        return None
    links = replace(context.links, **{each: MARKS[each] for each in own})
    subject, letter, places = compiled.set(replace(context, supporter=Supporter(NAME), links=links))
    marks = {NAME, *(MARKS[each] for each in own)}
    text, html = letter.fillings(each for each in places.items() if each[0][1] not in marks)
    return Stencil(
        own=own,
        subject=subject,
        text=tuple(partly_laid_out(letter.blocks, text)),
        html=tuple(SPLIT.split(letter.html.translate(html))),
        places=tuple((value, place) for (_, value), place in places.items() if value in marks),
        addresses=letter.addresses,
        begins=letter.begins,
    )


def _laid_out(block: Block, pieces: list[str], places: Mapping[int, str]) -> str:
    text = "".join([places.get(ord(piece), piece) if at % 2 else piece for at, piece in enumerate(pieces)])
    gap = [] if block.gap is None else [block.gap]
    return "\n".join([*gap, *block.set(text)])


def _kind(mark: str) -> type:
    return str if mark == NAME else Link
