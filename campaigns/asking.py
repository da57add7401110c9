"""What a campaign asks people besides their name: what they allow, whom it may be told to, and how old they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.text import Text, in_language

UPDATES = "updates"
AGE, PARENT, NOTICE = "age", "parent", "notice"
OF_PARTNER = "partner-"
EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that people allow, refuse, or leave open. `purpose`: what it is for, and the field of our forms.

    `partner`: whom the address would be given to; None where it stays here. `website`: where they are found.
    """

    purpose: str
    question: Text
    agree: Text
    decline: Text
    channel: str = EMAIL
    partner: Text | None = None
    website: str = ""

    def words(self, *languages: str) -> str:
        """All that people see of it, which is what is kept of the words they decided under."""
        said = (in_language(each, *languages) for each in (self.question, self.agree, self.decline))
        question, agree, decline = said
        name = f"{in_language(self.partner, *languages)}, {self.website}\n" if self.partner else ""
        return f"{name}{question}\n– {agree}\n– {decline}"


@dataclass(frozen=True, slots=True)
class AgeLine:
    """Who may take part: those of `at_least` years; the younger, if a parent agrees and the campaign lets them."""

    at_least: int
    with_parent: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """`questions`: what is asked beside the first, which is about letters of this campaign. `updates`: that first one
    in words of the campaign; None for ours. `notice`: the law's text beside the form. `policy`: where more is said.
    """

    updates: Question | None = None
    questions: tuple[Question, ...] = ()
    partners: tuple[Question, ...] = ()
    age: AgeLine | None = None
    notice: Text | None = None
    policy: str = ""

    @property
    def purposes(self) -> tuple[str, ...]:
        """What a form may say yes or no to."""
        return (UPDATES, *(each.purpose for each in (*self.questions, *self.partners)))

    def own_words(self) -> Iterator[tuple[str, str]]:
        """All the words of the campaign's own that people may see, each with its language."""
        asked = filter(None, (self.updates, *self.questions, *self.partners))
        for each in asked:
            yield from ((each.words(language), language) for language in each.question)
        yield from ((text, language) for language, text in (self.notice or {}).items())


def asking_of(kept: Mapping[str, Any]) -> Asking:
    """What `Campaign.consent` says; nothing of it is needed."""
    questions = [Question(**{"channel": EMAIL, **each}) for each in kept.get("questions", [])]
    partners = [
        Question(
            f"{OF_PARTNER}{each['key']}",
            each["question"],
            each["agree"],
            each["decline"],
            partner=each["name"],
            website=each["website"],
        )
        for each in kept.get("partners", [])
    ]
    age = kept.get("age")
    return Asking(
        updates=next((each for each in questions if each.purpose == UPDATES), None),
        questions=tuple(each for each in questions if each.purpose != UPDATES),
        partners=tuple(partners),
        age=AgeLine(age["at_least"], bool(age.get("with_parent"))) if age else None,
        notice=kept.get("notice"),
        policy=kept.get("policy", ""),
    )
