"""What campaign.yaml says of consent: the questions people are asked, partners, age, and the law's text."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from campaigns.asking import AGE, EMAIL, NOTICE, OF_PARTNER, PARENT, UPDATES
from campaigns.folder.part import Part
from campaigns.folder.values import Key, Text, Web, Wrong, choice, words

TAKEN = (
    AGE, PARENT, NOTICE, "name", "email", "country", "postcode", "comment", "public", "token", "source", "website",
    "language", "where", "division", "subject", "text", "altcha", "sure", "to", "town", "quote", "address", "key",
    "step",
)  # fmt: skip
"""Names that other fields of our forms have."""
AGES = range(13, 22)


def _purpose(value: str) -> str:
    if value in TAKEN or value.startswith((OF_PARTNER, "asked-", "subject-", "text-")):
        raise Wrong(f"{value!r} is the name of something else on the form: choose another, such as {UPDATES}")
    return value


def _age(value: object) -> int:
    said = words(value)
    if not said.isdecimal() or int(said) not in AGES:
        raise Wrong(f"an age line is a number of years from {AGES[0]} to {AGES[-1]}")
    return int(said)


Purpose = Annotated[Key, AfterValidator(_purpose)]
PartnerKey = Annotated[Key, Field(max_length=40)]
_YEARS = {"type": "integer", "minimum": AGES[0], "maximum": AGES[-1]}
Years = Annotated[int, BeforeValidator(_age), WithJsonSchema(_YEARS)]
Younger = Annotated[str, *choice(("not here", "with a parent"))]


class Question(Part):
    """Something people may allow or refuse, in the campaign's words. No answer is preset, and none is demanded."""

    purpose: Purpose
    """What it is for: updates (letters about this campaign, which then take the place of our own words), or a name of
    your own, such as events."""
    channel: Annotated[str, *choice((EMAIL,))] = EMAIL
    """Over what: email, which is what supporters are reached by."""
    question: Text
    """The question."""
    agree: Text
    """What the answer yes says."""
    decline: Text
    """What the answer no says."""


class Partner(Part):
    """Somebody else whom people may let have their name and address: asked apart from everything else."""

    key: PartnerKey
    """A short name, for the export."""
    name: Text
    """Who they are, by their full name."""
    website: Web
    """Where people can see who they are, and what they do with an address."""
    question: Text
    """The question: what for. The name and the link stand beside it."""
    agree: Text
    """What the answer yes says."""
    decline: Text
    """What the answer no says."""


class Age(Part):
    """From which age people may take part."""

    at_least: Years
    """In years. Below 16, many laws ask for a parent's consent (GDPR, article 8)."""
    younger: Younger = "not here"
    """Whether the younger cannot take part, or can if they say that a parent or guardian agrees."""


class Consent(Part):
    """What people are asked beside their name, and what they are told. Without it: whether the campaign may write."""

    questions: list[Question] = []
    """What they may allow or refuse."""
    partners: list[Partner] = []
    """Who else may get name and address of those who allow it."""
    age: Age | None = None
    """From which age people may take part; nobody is asked if left out."""
    notice: Text | None = None
    """The law's text beside the form: who is responsible, on which grounds, for how long, and whom to write to."""
    policy: Web | None = None
    """Where the whole privacy policy stands."""
