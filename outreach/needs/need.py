"""One thing that waits for a person, and how a kind of them is found and settled."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.campaign import Campaign, Campaigns

MOST = 500  # of one kind
EXCERPT = 600  # characters


class NotSettled(ValueError):
    """Why a need cannot be settled so; nothing was changed. `field`: what of the form is wrong."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class IsGone(LookupError):
    """There is no such need any more: somebody settled it, or things have changed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose inbox, and of which campaign; of all that they may see, if of none in particular."""

    user: User
    campaign: Campaign | None = None

    @property
    def campaigns(self) -> Campaigns:
        visible = Campaign.objects.visible_to(self.user)
        return visible if self.campaign is None else visible.filter(pk=self.campaign.pk)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle it: `do` names it, `said` stands on the button. `is_proposed`: what a rule would do."""

    do: str
    said: str
    icon: str = ""
    is_proposed: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person has to say with a choice. `kind`: of the control: text, date, lines or choice (from `options`)."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What an office says of one demand."""

    number: int
    title: str
    kind: str
    until: date | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One task. `ref`: of the row it is about. `since`: from when it waits. `stops`: whether a clock stands still, or a
    letter does not leave, for it.

    `state`: the word, icon and tone it has on a page. `source`: where it comes from, and what is known of that.
    `said`: the words it is about, cut short. `guess`: what a rule proposes, and why. `then`: what follows. `path`:
    where there is more of it.
    """

    kind: str
    ref: str
    title: str
    since: datetime
    campaign: Campaign | None = None
    addressee: str = ""
    state: str = "waiting"
    state_said: str = ""
    stops: bool = False
    source: str = ""
    said: str = field(default="", repr=False)
    guess: str = ""
    then: str = ""
    path: str = ""
    stated: tuple[Stated, ...] = ()
    choices: tuple[Choice, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"

    @property
    def rank(self) -> tuple[bool, datetime]:
        """The smallest comes first: what stops a clock, then the oldest."""
        return not self.stops, self.since


class Kind(ABC):
    """A kind of need. `name` stands in addresses, `title` over a list of them."""

    name: str
    title: str
    can_be_put_aside = False
    """Whether a person may say that nothing is to be done about one, and why."""

    @abstractmethod
    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those that are open, at most MOST; of the one with that id, if `only` is given."""

    @abstractmethod
    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        """Do what was chosen; answers a sentence about what was done. Raises NotSettled, or IsGone."""


def excerpt(text: str) -> str:
    """The beginning, if it is long."""
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()} …"


def name_of(user: User) -> str:
    """The name that stands beside what this person records."""
    return (user.get_full_name() or user.get_username())[:150]
