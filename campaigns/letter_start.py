"""How the letters of supporters begin: the first rule that fits an addressee names a wording, or says why there is no
letter. Pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from campaigns.representation import covering
from campaigns.text import Text

CONDITIONS = ("addressees", "groups", "divisions", "kinds", "stands", "languages")


@dataclass(frozen=True, slots=True)
class Whom:
    """An addressee somebody would write to, how it stands (see campaigns.stand), and in which language."""

    key: str
    groups: Collection[str]
    division: str
    kind: str
    stand: str
    language: str


@dataclass(frozen=True, slots=True)
class Start:
    """One rule. Every condition that is not empty must hold; a division means everything that lies in it, too.

    `wording`: what the letter begins with; empty where none is to be written, and then `reason` says why not.
    """

    wording: str = ""
    reason: Text = field(default_factory=dict)
    addressees: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    stands: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def fits(self, whom: Whom) -> bool:
        conditions = (
            (self.addressees, {whom.key}),
            (self.groups, whom.groups),
            (self.divisions, covering(whom.division)),
            (self.kinds, {whom.kind}),
            (self.stands, {whom.stand}),
            (self.languages, {whom.language}),
        )
        return all(not wanted or not wanted.isdisjoint(has) for wanted, has in conditions)

    @property
    def is_for_all(self) -> bool:
        """Whether it fits everybody, so that no rule after it is ever asked."""
        return not any(getattr(self, name) for name in CONDITIONS)


@dataclass(frozen=True, slots=True)
class Letters:
    """What a campaign says of its supporters' letters; without `starts` there are none.

    `open_from`: the key of the step that an addressee must have come to; empty for the first letter.
    """

    starts: tuple[Start, ...] = ()
    open_from: str = ""

    def start(self, whom: Whom) -> Start | None:
        """The first rule that fits; None if nothing is to be written."""
        return next((each for each in self.starts if each.fits(whom)), None)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The names of all wordings that letters begin with, each once."""
        return tuple(dict.fromkeys(each.wording for each in self.starts if each.wording))


def letters_of(said: Mapping[str, Any]) -> Letters:
    """From a map as rows keep it: `open_from`, and `start`, a list of rules."""
    return Letters(tuple(map(_start, said.get("start", ()))), said.get("open_from", ""))


def _start(said: Mapping[str, Any]) -> Start:
    conditions = {name: frozenset(said.get(name, ())) for name in CONDITIONS}
    return Start(said.get("wording", ""), said.get("do_not_write", {}), **conditions)
