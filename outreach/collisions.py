"""Where a forecast runs into limits: the cap of addressees and inboxes over all campaigns, windows, rest, languages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from outreach.rehearsal.record import Entry


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A message to an addressee: when, to which inbox, of which campaign; also those that went already."""

    at: datetime
    addressee: str
    inbox: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Collision:
    """`kind`: cap (too many for an addressee or inbox), window (not at once), or wait (a step that has to wait).

    `whom`: an addressee's key, or an inbox; `until`: when it is over, if that is known.
    """

    kind: str
    at: datetime
    whom: str
    sentence: str
    until: datetime | None = None
    campaigns: tuple[str, ...] = ()


def crowded(messages: Iterable[Foreseen], most: int, within: timedelta) -> Iterator[Collision]:
    """Each time an addressee or an inbox would get more than `most` messages within so long, told once."""
    messages = list(messages)
    for what, name_of in (("addressee", _addressee), ("inbox", _inbox)):
        named = sorted((each for each in messages if name_of(each)), key=lambda each: (name_of(each), each.at))
        for name, together in groupby(named, key=name_of):
            found = list(together)
            if what == "inbox" and len({each.addressee for each in found}) == 1:
                continue  # the same is said of the addressee
            for crowd in _crowds(found, most, within):
                yield _collision(what, name, crowd, most, within)


def _crowds(messages: list[Foreseen], most: int, within: timedelta) -> Iterator[list[Foreseen]]:
    start = 0
    while start + most < len(messages):
        end = start
        while end < len(messages) and messages[end].at - messages[start].at < within:
            end += 1
        if end - start > most:
            yield messages[start:end]
            start = end
        else:
            start += 1


def _collision(what: str, name: str, crowd: list[Foreseen], most: int, within: timedelta) -> Collision:
    hours = within // timedelta(hours=1)
    campaigns = tuple(dict.fromkeys(each.campaign for each in crowd))
    of_several = f", of {len(campaigns)} campaigns" if len(campaigns) > 1 else ""
    sentence = (
        f"{len(crowd)} messages to this {what} within {hours} hours{of_several}; {most} is the most. "
        "What is above goes together in one email, or waits"
    )
    return Collision("cap", crowd[0].at, name, sentence, crowd[most].at, campaigns)


def hindered(entries: Iterable[Entry]) -> Iterator[Collision]:
    """What does not happen at once: messages outside a window or spread, and steps that have to wait."""
    for entry in entries:
        whom = entry.addressee or entry.audience
        if entry.kind == "send" and entry.detail:
            yield Collision("window", entry.at, whom, entry.detail, entry.at)
        elif entry.kind == "wait":
            yield Collision("wait", entry.at, whom, entry.detail, entry.until)
        elif entry.kind in ("lapsed", "unwritten", "delayed"):
            yield Collision(entry.kind, entry.at, whom, entry.detail, entry.until)


def grouped(collisions: Iterable[Collision]) -> list[tuple[Collision, tuple[str, ...]]]:
    """The same said of many, said once: the earliest, and whom it concerns."""
    found: dict[tuple[str, str], list[Collision]] = {}
    for each in collisions:
        found.setdefault((each.kind, each.sentence), []).append(each)
    firsts = ((min(together, key=lambda each: each.at), together) for together in found.values())
    said = [(first, tuple(dict.fromkeys(each.whom for each in together))) for first, together in firsts]
    return sorted(said, key=lambda pair: (pair[0].kind != "cap", pair[0].at))


def _addressee(each: Foreseen) -> str:
    return each.addressee


def _inbox(each: Foreseen) -> str:
    return each.inbox
