"""One version of a campaign, complete, as plain values: what forecast, rehearsal, preview and sending share.

Built from a folder (`campaigns.folder`) or from rows (`campaigns.kept`); knows neither.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from campaigns.ladder import PUBLIC, SUPPORTERS
from campaigns.letter_start import Letters
from campaigns.place import Place
from campaigns.position import Rules, Satisfied
from campaigns.text import Text
from campaigns.words.brief import Brief, Occasion, Office, context_of
from campaigns.words.language import Choice, choose
from campaigns.words.wording import Compiled, Rendered

WordingKey = tuple[str, str, str]  # wording, channel, language


@dataclass(frozen=True, slots=True)
class Reader:
    """An addressee as somebody to write to: languages in order, calendar, and one usable address for each channel."""

    office: Office
    languages: tuple[str, ...]
    place: Place
    addresses: Mapping[str, str] = field(default_factory=dict)
    division: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A campaign ready to be run. `asked`: keys of the addressees the demands are put to, in order."""

    slug: str
    title: Text
    languages: tuple[str, ...]
    rules: Rules
    brief: Brief
    satisfied: Satisfied
    asked: tuple[str, ...]
    readers: Mapping[str, Reader]
    members: Mapping[str, tuple[str, ...]]
    step_titles: Mapping[str, Text]
    wordings: Mapping[WordingKey, Compiled]
    group_titles: Mapping[str, Text] = field(default_factory=dict)
    letters: Letters = field(default_factory=Letters)

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def demands(self) -> tuple[str, ...]:
        return tuple(demand.key for demand in self.brief.demands)

    def divisions(self, keys: Iterable[str]) -> frozenset[str]:
        """Where these addressees represent people."""
        return frozenset(self.readers[key].division for key in keys) - {""}

    def is_satisfied_by(self, closed: set[str]) -> bool:
        """Whether an appeal counts as acted when the demands `closed` are closed."""
        return bool(closed) if self.satisfied is Satisfied.ANY else closed >= set(self.demands)

    def language_for(self, languages: Sequence[str], wording: str, channel: str) -> Choice:
        """The language a reader of `languages` gets this wording in on this channel, and whether it is a fallback."""
        approved = {key[2] for key in self.wordings if key[:2] == (wording, channel)}
        return choose(languages, approved, self.default_language)

    def language_of_message(self, audience: str, recipient: str | None, wording: str, channel: str) -> Choice:
        """The language of a message to an addressee, or of a post for everyone."""
        if audience in (SUPPORTERS, PUBLIC) or recipient is None:
            return self.language_for((), wording, channel)
        return self.language_for(self.readers[recipient].languages, wording, channel)

    def write(self, wording: str, channel: str, occasion: Occasion) -> Rendered:
        """The exact text of one message. Raises Unfit if the wording does not hold."""
        return self.wordings[wording, channel, occasion.language].render(context_of(self.brief, occasion))

    def start_letter(self, wording: str, occasion: Occasion) -> Rendered:
        """What a supporter's own letter begins with, its paragraphs unbroken. Raises Unfit wherever `write` does."""
        return self.wordings[wording, "email", occasion.language].typed(context_of(self.brief, occasion))

    def groups_of(self, key: str) -> frozenset[str]:
        """The groups an addressee is in."""
        return frozenset(group for group, members in self.members.items() if key in members)

    def headline(self, wording: str, channel: str, occasion: Occasion) -> str:
        """Only the subject of a letter, or the text of a post. Raises Unfit wherever `write` does."""
        return self.wordings[wording, channel, occasion.language].headline(context_of(self.brief, occasion))
