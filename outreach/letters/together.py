"""A digest of supporters' letters: how many, from where, what some of them say, and where all of them are. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from campaigns.words.dates import listing
from campaigns.words.letter import set_letter
from campaigns.words.link import Link
from campaigns.words.page import Page, written_on
from campaigns.words.wording import Rendered
from outreach.letters.together_sentences import TOGETHER

MOST_QUOTED, LONGEST_QUOTE = 5, 600  # letters; characters
LEAST_OWN = 30  # per cent of own words from which a letter is quoted
MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One letter as a digest knows it. `likeness`: the same for all that are nearly identical."""

    name: str
    place: str
    text: str
    own_share: int
    may_quote: bool
    likeness: UUID


@dataclass(frozen=True, slots=True)
class Quote:
    """What one of them says. `alike`: how many say nearly the same, itself among them."""

    name: str
    place: str
    text: str
    alike: int


def quotes(letters: Sequence[Enclosed]) -> list[Quote]:
    """Those with most own words whose writers allow it; what is nearly identical only once."""
    alike = Counter(each.likeness for each in letters)
    chosen: dict[UUID, Enclosed] = {}
    for each in sorted(letters, key=lambda each: -each.own_share):
        if each.may_quote and each.own_share >= LEAST_OWN and each.text.strip():
            chosen.setdefault(each.likeness, each)
    first = list(chosen.values())[:MOST_QUOTED]
    return [Quote(each.name, each.place, _short(each.text), alike[each.likeness]) for each in first]


def places(letters: Sequence[Enclosed]) -> list[tuple[str, int]]:
    """The places they come from, with how many; the most first. One that is spelt in several ways is one place."""
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for each in letters:
        if plain := " ".join(each.place.split()):
            counted[plain.casefold()] += 1
            spelt.setdefault(plain.casefold(), plain)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(spelt[place], number) for place, number in ranked]


def digest(letters: Sequence[Enclosed], language: str, *, title: str, campaign: str, link: str) -> Rendered:
    """The message. `language`: one of ours. `title`, `campaign`: the campaign and its sender. `link`: to them all."""
    said, number = TOGETHER[language], len(letters)
    page = Page(language, "UTC")
    with written_on(page):
        put = page.place
        parts = [said.intro.format(number=number, title=put(title), campaign=put(campaign))]
        if where := _where(letters, language, said.others):
            parts.append(put(said.places.format(places=where)))
        chosen = quotes(letters)
        if chosen:
            parts.append(said.own)
        for each in chosen:
            parts += [f"> {put(each.text)}\n>\n> {put(_who(each, said.of))}"]
            if each.alike > 1:
                parts.append(said.alike.format(number=each.alike))
        parts += [said.all, put(Link(link)), said.answer.format(campaign=put(campaign))]
    subject = said.subject.format(number=number, title=title)
    text, html = set_letter("\n\n".join(parts), language).filled(page.places, subject)
    return Rendered(subject, text, html)


def _where(letters: Sequence[Enclosed], language: str, others: str) -> str:
    found = places(letters)
    shown = [f"{place} ({number})" if number > 1 else place for place, number in found[:MOST_PLACES]]
    if len(found) > MOST_PLACES:
        return ", ".join([*shown, others.format(number=len(found) - MOST_PLACES)])
    return listing(shown, language) if shown else ""


def _who(quote: Quote, of: str) -> str:
    return of.format(name=quote.name, place=quote.place) if quote.place else quote.name


def _short(text: str) -> str:
    """On one line, cut between two words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
