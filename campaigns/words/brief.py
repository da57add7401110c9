"""From what a campaign says in every language to what one message may say in one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from babel import Locale

from campaigns.text import Text, in_language
from campaigns.words import context
from campaigns.words.context import Context, Links
from campaigns.words.dates import locale_of
from campaigns.words.link import link


@dataclass(frozen=True, slots=True)
class Office:
    """An addressee as the directory has it, in the campaign's first language. `country`: ISO 3166 code or empty."""

    key: str
    name: str
    holder: str = ""
    salutation: str = ""
    country: str = ""
    capacities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand in every language."""

    number: int
    key: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact in every language."""

    key: str
    date: date
    text: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a campaign says of itself, in every language. `total`: how many addressees the demands are put to."""

    title: Text
    summary: Text
    url: str
    published_at: datetime
    total: int
    time_zone: str
    default_language: str
    sender_name: Text
    sender_email: str
    demands: tuple[Asked, ...]
    facts: tuple[Dated, ...]
    terms: Mapping[str, Text] = field(default_factory=dict)

    def term(self, text: str, language: str) -> str:
        """The campaign's own words for `text` in that language; the same text where it gives none."""
        return self.terms.get(text, {}).get(language, text)

    def lacks_term(self, text: str, language: str) -> bool:
        if not text or language == self.default_language:
            return False
        return not self.terms.get(text, {}).get(language)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One message: in which language, to or about whom, and how things stand.

    `open_demands`: keys of the demands still open for the appeals concerned; None means all of them.
    `answer`: the link by which the office that is written to answers, and its passcode.
    `first_letter_at`: when the first letter went out; for the first letter itself, the publication.
    `days_silent`: whole days since then, where a supporter writes.
    """

    language: str
    deadline: datetime
    answer_by: datetime | None
    first_letter_at: datetime
    addressee: Office | None = None
    supporter_name: str | None = None
    silent: tuple[Office, ...] = ()
    open_demands: Collection[str] | None = None
    links: Links = field(default_factory=Links)
    answer: tuple[str, str] | None = None
    days_silent: int | None = None


def context_of(brief: Brief, occasion: Occasion) -> Context:
    """Everything the wording of this message may speak of."""
    language = occasion.language
    say = _speaker(brief, language)
    offices = {office.key: _addressee(brief, office, language) for office in _concerned(occasion)}
    written_to = occasion.addressee
    name = occasion.supporter_name
    return Context(
        campaign=context.Campaign(
            say(brief.title), say(brief.summary), link(brief.url), brief.published_at, brief.total
        ),
        addressee=offices[written_to.key] if written_to else None,
        supporter=context.Supporter(name) if name is not None else None,
        answer=context.Answer(link(occasion.answer[0]), occasion.answer[1]) if occasion.answer else None,
        demands=tuple(
            context.Demand(each.number, each.key, say(each.title), say(each.text))
            for each in brief.demands
            if occasion.open_demands is None or each.key in occasion.open_demands
        ),
        facts=tuple(context.Fact(each.key, each.date, say(each.text), link(each.source)) for each in brief.facts),
        silent=tuple(offices[office.key] for office in occasion.silent),
        deadline=occasion.deadline,
        answer_by=occasion.answer_by,
        first_letter_at=occasion.first_letter_at,
        days_silent=occasion.days_silent,
        sender=context.Sender(say(brief.sender_name), brief.sender_email),
        links=occasion.links,
        language=language,
        time_zone=brief.time_zone,
    )


def country_name(code: str, locale: Locale) -> str:
    """The country's name in that language; the code itself where the language has none."""
    return str(locale.territories.get(code, code)) if code else ""


def _speaker(brief: Brief, language: str) -> Callable[[Text], str]:
    return lambda text: in_language(text, language, brief.default_language)


def _concerned(occasion: Occasion) -> tuple[Office, ...]:
    return (*occasion.silent, *([occasion.addressee] if occasion.addressee else []))


def _addressee(brief: Brief, office: Office, language: str) -> context.Addressee:
    return context.Addressee(
        key=office.key,
        name=brief.term(office.name, language),
        holder=brief.term(office.holder, language),
        salutation=brief.term(office.salutation, language),
        country=country_name(office.country, locale_of(language)),
        capacities=tuple(brief.term(capacity, language) for capacity in office.capacities),
    )
