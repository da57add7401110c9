"""What our forms ask for, in one language: each question with the key of its words, which are kept once it is answered.

One place for every form: the one for signing, the one for writing, and the page for one's own data.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from campaigns.asking import UPDATES, AgeLine, Question
from campaigns.campaign import Campaign
from campaigns.consent import Asked
from campaigns.folder.consents import AGES
from campaigns.text import Text, in_language
from outreach.public.consent_sentences import CONSENT
from outreach.public.sentences import spoken
from outreach.public.sign_sentences import SIGN


@dataclass(frozen=True, slots=True)
class Offer:
    """One question as people see it. `key`: of its words. `language`: of the words. `partner`, `website`: whom it is
    about, if that is somebody else.
    """

    purpose: str
    language: str
    question: str
    agree: str
    decline: str
    key: str
    partner: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """All that is asked in one language. `age`: the line, with the key of what is said of it; `notice`: the law's text
    and its key; each of them empty where the campaign says nothing of it.
    """

    questions: tuple[Offer, ...]
    partners: tuple[Offer, ...]
    age: AgeLine | None
    age_key: str
    notice: str
    notice_key: str
    policy: str

    @property
    def all(self) -> tuple[Offer, ...]:
        return self.questions + self.partners


def offers(campaign: Campaign, language: str) -> Offers:
    """What is asked of people who read in `language`, one of the campaign's; ours are in the nearest we know."""
    asking, languages = campaign.asking(), (language, *campaign.languages)
    ours = spoken(languages)
    first = _offer(asking.updates, languages) if asking.updates else _our_offer(ours)
    notice = in_language(asking.notice, *languages) if asking.notice else ""
    return Offers(
        questions=(first, *(_offer(each, languages) for each in asking.questions)),
        partners=tuple(_offer(each, languages) for each in asking.partners),
        age=asking.age,
        age_key=Asked.key_of(_age_words(asking.age, ours), ours) if asking.age else "",
        notice=notice,
        notice_key=Asked.key_of(notice, _language(asking.notice, languages)) if asking.notice else "",
        policy=asking.policy,
    )


def known(keys: Collection[str]) -> frozenset[str]:
    """Those of these keys that name words we have shown; ours are written down if they have not been yet."""
    kept = set(Asked.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for key in set(keys) & _ours().keys() - kept:
        kept.add(Asked.keep(*_ours()[key]).pk)
    return frozenset(kept)


def _offer(question: Question, languages: tuple[str, ...]) -> Offer:
    language = _language(question.question, languages)
    return Offer(
        purpose=question.purpose,
        language=language,
        question=in_language(question.question, *languages),
        agree=in_language(question.agree, *languages),
        decline=in_language(question.decline, *languages),
        key=Asked.key_of(question.words(language), language),
        partner=in_language(question.partner, *languages) if question.partner else "",
        website=question.website,
    )


def _our_offer(ours: str) -> Offer:
    said = SIGN[ours]
    key = Asked.key_of(_our_words(ours), ours)
    return Offer(UPDATES, ours, said.contact, said.contact_yes, said.contact_no, key)


def _language(text: Text, languages: tuple[str, ...]) -> str:
    """The language in which a text is shown to whoever reads these."""
    return next((each for each in languages if text.get(each)), next(iter(text), ""))


@cache
def _ours() -> dict[str, tuple[str, str]]:
    """The words that are the same for every campaign, by their keys, each with its language."""
    return {Asked.key_of(*each): each for each in _all_of_ours()}


def _all_of_ours() -> Iterator[tuple[str, str]]:
    for language in SIGN:
        yield _our_words(language), language
        for years in AGES:
            for with_parent in (False, True):
                yield _age_words(AgeLine(years, with_parent), language), language


def _our_words(language: str) -> str:
    said = SIGN[language]
    return f"{said.contact}\n– {said.contact_yes}\n– {said.contact_no}"


def _age_words(age: AgeLine, language: str) -> str:
    said = CONSENT[language]
    younger = f"\n– {said.younger.format(age=age.at_least)}" if age.with_parent else ""
    return f"{said.old_enough.format(age=age.at_least)}{younger}"
