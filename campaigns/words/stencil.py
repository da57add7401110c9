"""One letter for many supporters: written once, so that each of them costs only their own name and links."""

import re
from dataclasses import dataclass, fields, replace
from html import escape

from campaigns.words.context import Context, Links, Supporter
from campaigns.words.letter import Set
from campaigns.words.link import Link
from campaigns.words.page import clean
from campaigns.words.places import ANY_PLACE, SUBJECT
from campaigns.words.plain import Block, laid_out, partly_laid_out
from campaigns.words.problem import Problem, Refused, Unfit
from campaigns.words.wording import Compiled, Rendered, one_line

NAME = "\ue000name\ue001"  # stands for the supporter's name while the stencil is made
LINKS = Links(*(Link(f"https://stencil.invalid/{field.name}") for field in fields(Links)))
SPLIT = re.compile(f"({ANY_PLACE.pattern})")


@dataclass(frozen=True, slots=True)
class Stencil:
    """A letter with all filled in but what is personal. `places`: what that is, and the character standing for it."""

    compiled: Compiled
    context: Context
    subject: str
    letter: Set
    text: tuple[Block | str, ...]
    html: tuple[str, ...]
    places: tuple[tuple[str, str], ...]

    def fill(self, name: str, links: Links) -> Rendered:
        """The same letter, word for word, that rendering it for this supporter gives. Raises Unfit."""
        values = _values(clean(name).strip(), links)
        if not all(values.values()):  # an empty value leaves no place, and may change the shape of the letter
            return self.compiled.render(replace(self.context, supporter=Supporter(name), links=links))
        subject = self.subject
        for mark, value in values.items():
            subject = subject.replace(mark, value)
        subject = one_line(subject)
        try:
            text, html = self.letter.fillings(((_kind(mark), values[mark]), place) for mark, place in self.places)
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None
        html[SUBJECT] = escape(subject)
        whole = "".join([html[ord(piece)] if len(piece) == 1 and ord(piece) in html else piece for piece in self.html])
        return Rendered(subject, laid_out(self.text, text), whole)


def stencil(compiled: Compiled, context: Context) -> Stencil | None:
    """A stencil for all supporters who are written to in this context, whoever it names.

    None for a post, and for a wording that does more with people than put in their names and links. Raises Unfit.
    """
    if compiled.subject is None or not compiled.only_prints_people:
        return None
    subject, letter, places = compiled.set(replace(context, supporter=Supporter(NAME), links=LINKS))
    marks = _values(NAME, LINKS)
    text, html = letter.fillings(each for each in places.items() if each[0][1] not in marks)
    parts = tuple(partly_laid_out(letter.blocks, text))
    pieces = tuple(SPLIT.split(letter.html.translate(html)))
    personal = tuple((value, place) for (_, value), place in places.items() if value in marks)
    return Stencil(compiled, context, subject, letter, parts, pieces, personal)


def _values(name: str, links: Links) -> dict[str, str]:
    """What is personal, by the mark that stands for it."""
    return {NAME: name, **{getattr(LINKS, each.name): getattr(links, each.name) for each in fields(Links)}}


def _kind(mark: str) -> type:
    return str if mark == NAME else Link
