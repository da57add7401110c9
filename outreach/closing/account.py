"""What a closing report is made of, as plain values: the same from the rows of a campaign and from a rehearsal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from campaigns.text import Text


class Reach(StrEnum):
    """How far a message came, the best first. Only PROVEN counts as delivered; UNKNOWN never does."""

    PROVEN = "delivered"
    TAKEN = "sent"
    UNDER_WAY = "due"
    UNKNOWN = "unknown"
    FAILED = "bounced"
    NOT_SENT = "cancelled"


class Word(StrEnum):
    """The strongest thing an addressee said, the strongest first. Of these an auto-reply is no answer."""

    COMMITMENT = "commitment"
    SUBSTANTIVE = "substantive"
    REFUSAL = "refusal"
    DEFLECTION = "deflection"
    ACKNOWLEDGEMENT = "acknowledgement"
    UNREAD = "unread"
    AUTO_REPLY = "auto-reply"
    SILENT = "silent"


class Deed(StrEnum):
    """How one demand stands with one addressee, what was done first. The first two close it."""

    DONE = "done"
    PARTLY = "partly"
    COMMITTED = "committed"
    REFUSED = "refused"
    DEFLECTED = "deflected"
    OPEN = "silent"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message to an addressee itself, or, if `is_public`, a post about it. `at`: when it was last known to move."""

    step: str
    reminder: int
    channel: str
    is_public: bool
    reach: Reach
    at: datetime
    proven_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Messages of one step over one channel that went to a group, such as oversight bodies, or as our own posts."""

    step: str
    reminder: int
    channel: str
    group: str
    reach: Reach
    count: int


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer. `word` is UNREAD until a person has said what it is."""

    at: datetime
    word: Word


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a demand stands by what was recorded last, since when, and a commitment's last day."""

    demand: str
    deed: Deed
    at: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A step that began, and the deadline that had passed without action; None for the first one."""

    step: str
    at: datetime
    missed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What happened between the campaign and one addressee. `acted_at`: since when enough of its demands are closed."""

    key: str
    name: Text
    status: str
    sent: tuple[Sent, ...] = ()
    heard: tuple[Heard, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    begun: tuple[Begun, ...] = ()
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A whole campaign as it stands at `as_of`. `groups`: title and members of each, in the campaign's own order.

    `closed_at`: when nothing was waiting any more; None makes an interim report. `is_invented`: a rehearsal or a
    demonstration. `record`, `evidence`: where the public record and the evidence file are; empty if nowhere.
    """

    slug: str
    title: Text
    languages: tuple[str, ...]
    time_zone: str
    published_at: datetime
    deadline: datetime
    as_of: datetime
    closed_at: datetime | None
    demands: Mapping[str, Text]
    steps: Mapping[str, Text]
    groups: tuple[tuple[Text, tuple[str, ...]], ...]
    accounts: tuple[Account, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    group_titles: Mapping[str, Text] = field(default_factory=dict)
    supporters: int = 0
    is_invented: bool = False
    record: str = ""
    evidence: str = ""
