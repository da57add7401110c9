"""What a wording may speak of. These are the only names and attributes a template can reach."""

from dataclasses import dataclass
from datetime import date, datetime

from campaigns.words.link import NOWHERE, Link


@dataclass(frozen=True, eq=False)
class Campaign:
    title: str
    summary: str
    url: Link
    published_at: datetime
    total: int


@dataclass(frozen=True, eq=False)
class Addressee:
    """An addressee, in the reader's language. `country` is the country's name there; empty for an office of none."""

    key: str
    name: str
    holder: str
    salutation: str
    country: str
    capacities: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Supporter:
    name: str


@dataclass(frozen=True, eq=False)
class Demand:
    number: int
    key: str
    title: str
    text: str


@dataclass(frozen=True, eq=False)
class Fact:
    key: str
    date: date
    text: str
    source: Link


@dataclass(frozen=True, eq=False)
class Sender:
    name: str
    email: str


@dataclass(frozen=True, eq=False)
class Links:
    """`record`: the public record of the addressee. `write`: where a supporter writes to the silent ones. `report`: the
    closing report, or an interim one while the campaign runs.
    """

    campaign: Link = NOWHERE
    record: Link = NOWHERE
    write: Link = NOWHERE
    evidence: Link = NOWHERE
    report: Link = NOWHERE
    unsubscribe: Link = NOWHERE


@dataclass(frozen=True, eq=False)
class Answer:
    """Where the office that is written to answers, and what it proves itself with."""

    link: Link
    passcode: str


@dataclass(frozen=True, eq=False)
class Context:
    """Everything one message may say, in its reader's language.

    `addressee` and `supporter` are absent (None) where nobody in particular is written to or about, `answer` where no
    addressee is written to, `days_silent` but where a supporter writes to an addressee: whole days since the campaign's
    first letter. `answer_by` is None at the last step. Instants are aware; they are written in the
    campaign's `time_zone`.
    """

    campaign: Campaign
    addressee: Addressee | None
    supporter: Supporter | None
    answer: Answer | None
    demands: tuple[Demand, ...]
    facts: tuple[Fact, ...]
    silent: tuple[Addressee, ...]
    deadline: datetime
    answer_by: datetime | None
    first_letter_at: datetime
    days_silent: int | None
    sender: Sender
    links: Links

    language: str
    time_zone: str

    def names(self) -> dict[str, object]:
        """What a template sees. An absent person is no name at all, so that using it is an error, not an empty word."""
        return {
            name: value
            for name, value in vars(self).items()
            if name not in UNSEEN and not (value is None and name in ABSENT)
        }


NOBODY = "nobody in particular is written to here"
ABSENT = dict.fromkeys(("addressee", "supporter", "answer"), NOBODY)
ABSENT["days_silent"] = "only a supporter's own letter counts the days"
"""Names that may be missing, and what is said of it."""

UNSEEN = ("language", "time_zone")
