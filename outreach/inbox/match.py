"""Whom a mail answers, from what it says and what we remember. Pure: what we remember is asked of `Memory`.

| clue, in this order                          | certainty                                                           |
|----------------------------------------------|---------------------------------------------------------------------|
| an appeal's own address among the recipients | certain; several such addresses: each is                            |
| the newest letter of ours in References      | certain if that letter was about one appeal                         |
| In-Reply-To                                  | the same                                                            |
| the letter that a report returns             | the same                                                            |
| an address that is nearly one of ours        | a guess, as sure as it is like it                                   |
| a known sender, and a subject of ours        | a guess, surer for an address than for a domain, and with a subject |

Two clues that contradict each other leave guesses. So does a message in which several letters went together: whoever
answers it writes to the address of the first letter, whichever they mean.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID

CERTAIN = 1.0
CONTRADICTED, ONE_OF_SEVERAL = 0.9, 0.6
SENDER_AND_SUBJECT, SENDER, DOMAIN_AND_SUBJECT, DOMAIN = 0.8, 0.5, 0.7, 0.3
PREFIX = re.compile(r"^\s*(?:[^\W\d_]{1,12}(?:[ .][^\W\d_]{1,12}){0,2}(?:\[\d+\]|\^\d+)?\s*[:\uff1a]\s*){1,5}")
NEARLY = "It was sent to an address much like that of this appeal"
OUR_KEY = re.compile(r"<?([0-9a-f]{32})@[^>@\s]+>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """An appeal that may be answered; `certainty` from 0 to 1, `why` as a sentence for a person."""

    appeal: UUID
    certainty: float
    why: str

    @property
    def is_certain(self) -> bool:
        return self.certainty >= CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What a mail says of whom it answers. `returned`: the keys of ours that a report names."""

    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """An appeal to whom the sender seems to belong. `is_exact`: by address, not only by domain.

    `subjects`: of our letters there.
    """

    appeal: UUID
    is_exact: bool
    subjects: frozenset[str] = field(default=frozenset())


class Memory(Protocol):
    """What we remember."""

    def appeals_at(self, addresses: Iterable[str]) -> Mapping[UUID, float]:
        """The appeals that addresses stand for, each with how like the address is: 1 for exactly it."""

    def appeals_of(self, keys: Iterable[str]) -> Mapping[str, Sequence[UUID]]:
        """For each key on a wire that is one of ours, the appeals the message was about."""

    def acquaintances(self, sender: str) -> Iterable[Acquaintance]:
        """The appeals that somebody at this address may speak for."""


def match(clues: Clues, memory: Memory) -> list[Match]:
    """All that the mail may answer, the surest first; none if nothing speaks for any."""
    likeness = memory.appeals_at(clues.recipients)
    exact = [appeal for appeal, like in likeness.items() if like >= CERTAIN]
    thread, where = _thread(clues, memory)
    found = [Match(appeal, CERTAIN, "It was sent to the address of this appeal") for appeal in exact]
    if not found:
        found = [Match(appeal, CERTAIN, f"{where} names our letter") for appeal in thread if len(thread) == 1]
        near = ((appeal, like) for appeal, like in likeness.items() if appeal not in thread)
        found += [Match(appeal, like, NEARLY) for appeal, like in near]
    found += _together(thread, where, {each.appeal for each in found})
    return _surest(_doubted(found, set(likeness), thread, is_several=len(exact) > 1) or _by_sender(clues, memory))


def keys_of(message_ids: Iterable[str]) -> list[str]:
    """The keys in message ids that are spelt as ours are, which are told by what stands before their @."""
    return [found[1].lower() for each in message_ids if (found := OUR_KEY.fullmatch(each.strip()))]


def plain_subject(subject: str) -> str:
    """A subject without Re:, AW:, Отв.: and what else programs put before it, for comparing."""
    return " ".join(PREFIX.sub("", subject).split()).casefold()


def _thread(clues: Clues, memory: Memory) -> tuple[tuple[UUID, ...], str]:
    """The appeals of the newest letter of ours that is named, and where it is."""
    places = (
        ("References", keys_of(reversed(clues.references))),
        ("In-Reply-To", keys_of(clues.in_reply_to)),
        ("The report", list(clues.returned)),
    )
    known = memory.appeals_of([key for _, keys in places for key in keys])
    for where, keys in places:
        if named := next((known[key] for key in keys if known.get(key)), None):
            return tuple(dict.fromkeys(named)), where
    return (), ""


def _together(thread: tuple[UUID, ...], where: str, others: set[UUID]) -> list[Match]:
    """What a letter names beside what is found already: all of several that went together, or another one."""
    if len(thread) == 1:
        return [Match(each, ONE_OF_SEVERAL, f"{where} names our letter") for each in thread if each not in others]
    why = f"{where} names a message with {len(thread)} letters of ours in it"
    return [Match(each, ONE_OF_SEVERAL, why) for each in thread if each not in others]


def _doubted(found: list[Match], addressed: set[UUID], thread: tuple[UUID, ...], *, is_several: bool) -> list[Match]:
    """What is certain by one clue is not if another contradicts it, or if several letters went together."""
    is_other = bool(addressed) and bool(thread) and (len(thread) > 1 or not addressed <= set(thread))
    if is_several or not is_other:
        return found
    but = "but the letter it answers has several in it" if len(thread) > 1 else "but its address and its thread differ"
    return [
        replace(each, certainty=CONTRADICTED, why=f"{each.why}, {but}") if each.is_certain else each for each in found
    ]


def _by_sender(clues: Clues, memory: Memory) -> list[Match]:
    said = plain_subject(clues.subject)
    found = []
    for each in memory.acquaintances(clues.sender) if clues.sender else ():
        is_ours = bool(said) and any(ours and said.endswith(ours) for ours in map(plain_subject, each.subjects))
        who = "The sender's address is the addressee's" if each.is_exact else "The sender's domain is the addressee's"
        sure, less = (SENDER_AND_SUBJECT, SENDER) if each.is_exact else (DOMAIN_AND_SUBJECT, DOMAIN)
        why = f"{who}, and the subject is that of our letter" if is_ours else who
        found.append(Match(each.appeal, sure if is_ours else less, why))
    return found


def _surest(found: Iterable[Match]) -> list[Match]:
    return sorted(found, key=lambda each: (-each.certainty, each.appeal))
