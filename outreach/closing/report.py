"""What a book adds up to. Each addressee is counted once in each of its distributions; nothing is ranked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from statistics import median
from typing import TypeVar

from outreach.closing.account import Account, Book, Deed, Reach, Recorded, Word

TOO_FEW = 10
"""Below this there is no share, no median and no comparison: WriteToThem's «too few», with a figure of our own."""

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Standing:
    """One addressee in the report: how far the letters came, its strongest word, and what it did."""

    account: Account
    reach: Reach
    first_proof_at: datetime | None
    word: Word
    answered_at: datetime | None
    deeds: Mapping[str, Recorded | None]

    @property
    def has_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def has_acted(self) -> bool:
        return self.account.status == "acted"

    @property
    def closed(self) -> int:
        return sum(each is not None and each.deed in (Deed.DONE, Deed.PARTLY) for each in self.deeds.values())

    def took(self, until: datetime | None) -> timedelta | None:
        """From the first proven delivery; None without one, or if it came before."""
        if until is None or self.first_proof_at is None or until < self.first_proof_at:
            return None
        return until - self.first_proof_at


@dataclass(frozen=True, slots=True)
class Spell:
    """How long something took: how many, the shortest, the longest; the middle if they are not too few."""

    number: int
    shortest: timedelta
    longest: timedelta
    middle: timedelta | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A group, or all together. `is_comparable`: whether it is large enough for shares."""

    asked: int
    proven: int
    answered: int
    acted: int

    @property
    def is_comparable(self) -> bool:
        return self.asked >= TOO_FEW


@dataclass(frozen=True, slots=True)
class Line:
    """The messages of one step (or one of its reminders) over one channel, by how far they came.

    `group`: to whom, if not to the addressees; `is_public`: posts, about addressees or on our own account.
    """

    step: str
    reminder: int
    is_public: bool
    group: str
    channel: str
    reached: Mapping[Reach, int]

    @property
    def total(self) -> int:
        return sum(self.reached.values())


class Report:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.standings = tuple(_standing(account, book) for account in book.accounts)

    @property
    def is_final(self) -> bool:
        return self.book.closed_at is not None

    @cached_property
    def reached(self) -> dict[Reach, int]:
        return _counted(Reach, (each.reach for each in self.standings))

    @cached_property
    def words(self) -> dict[Word, int]:
        return _counted(Word, (each.word for each in self.standings))

    @cached_property
    def deeds(self) -> dict[str, dict[Deed, int]]:
        """For each demand, how it stands with how many."""
        return {
            demand: _counted(Deed, (_deed(each.deeds[demand]) for each in self.standings))
            for demand in self.book.demands
        }

    @cached_property
    def whole(self) -> Tally:
        return _tally(self.standings)

    def groups(self) -> list[tuple[Mapping[str, str], Tally]]:
        """In the campaign's own order. Who is in two groups is counted in both."""
        by_key = {each.account.key: each for each in self.standings}
        members = ((title, [by_key[key] for key in keys if key in by_key]) for title, keys in self.book.groups)
        return [(title, _tally(found)) for title, found in members if found]

    def lines(self) -> list[Line]:
        """Steps in the order of the ladder."""
        order = {step: number for number, step in enumerate(self.book.steps)}
        found: dict[tuple[str, int, bool, str, str], Counter[Reach]] = {}
        for account in self.book.accounts:
            for sent in account.sent:
                key = (sent.step, sent.reminder, sent.is_public, "", sent.channel)
                found.setdefault(key, Counter())[sent.reach] += 1
        for other in self.book.elsewhere:
            key = (other.step, other.reminder, not other.group, other.group, other.channel)
            found.setdefault(key, Counter())[other.reach] += other.count
        keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), *key[1:]))
        return [Line(*key, _counted(Reach, found[key].elements())) for key in keys]

    def begun(self) -> list[tuple[str, datetime, int]]:
        """When each step first began, and for how many it has begun."""
        found: dict[str, list[datetime]] = {step: [] for step in self.book.steps}
        for account in self.book.accounts:
            for begun in account.begun:
                found.setdefault(begun.step, []).append(begun.at)
        return [(step, min(moments), len(moments)) for step, moments in found.items() if moments]

    @cached_property
    def to_answer(self) -> Spell | None:
        return _spell(each.took(each.answered_at) for each in self.standings)

    @cached_property
    def to_act(self) -> Spell | None:
        return _spell(each.took(each.account.acted_at) for each in self.standings if each.has_acted)


def _standing(account: Account, book: Book) -> Standing:
    direct = [sent for sent in account.sent if not sent.is_public]
    reach = min((sent.reach for sent in direct), key=list(Reach).index, default=Reach.NOT_SENT)
    word = min((heard.word for heard in account.heard), key=list(Word).index, default=Word.SILENT)
    answers = (heard.at for heard in account.heard if heard.word not in (Word.AUTO_REPLY, Word.SILENT))
    latest = {recorded.demand: recorded for recorded in account.recorded}
    return Standing(
        account=account,
        reach=reach,
        first_proof_at=min((sent.proven_at for sent in direct if sent.proven_at), default=None),
        word=word,
        answered_at=min(answers, default=None),
        deeds={demand: latest.get(demand) for demand in book.demands},
    )


def _deed(recorded: Recorded | None) -> Deed:
    return recorded.deed if recorded else Deed.OPEN


def _counted(kinds: type[Kind], found: Iterable[Kind]) -> dict[Kind, int]:
    """Every kind, also those nobody is of, in their order."""
    counted = Counter(found)
    return {kind: counted[kind] for kind in kinds}


def _tally(standings: Sequence[Standing]) -> Tally:
    return Tally(
        asked=len(standings),
        proven=sum(each.reach is Reach.PROVEN for each in standings),
        answered=sum(each.has_answered for each in standings),
        acted=sum(each.has_acted for each in standings),
    )


def _spell(took: Iterable[timedelta | None]) -> Spell | None:
    known = [each for each in took if each is not None]
    if not known:
        return None
    seconds = median(each.total_seconds() for each in known)
    middle = timedelta(seconds=seconds) if len(known) >= TOO_FEW else None
    return Spell(len(known), min(known), max(known), middle)
