"""The same book from a rehearsal, in which every answer is invented."""

from collections.abc import Iterable, Iterator

from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from channels.channel import CHANNELS
from outreach.closing.account import Account, Begun, Book, Deed, Elsewhere, Heard, Reach, Recorded, Sent, Word
from outreach.closing.edited import book_of, name_in_every_language
from outreach.rehearsal.record import Entry, Rehearsal

REACHED = {"delivered": Reach.PROVEN, "bounced": Reach.FAILED}
DEEDS = {
    "done": Deed.DONE,
    "partly": Deed.PARTLY,
    "committed": Deed.COMMITTED,
    "refused": Deed.REFUSED,
    "deflected": Deed.DEFLECTED,
}
WENT_NOWHERE = ("lapsed", "cancelled", "unwritten")


def book(rehearsal: Rehearsal) -> Book:
    """How the campaign stands at the end of the rehearsal; final if nobody is waiting then."""
    edition, happened = rehearsal.edition, rehearsal.by_addressee()
    accounts = []
    for case in rehearsal.cases:
        entries = happened.get(case.key, [])
        name = name_in_every_language(edition, edition.readers[case.key].office.name)
        acted = [entry.at for entry in entries if entry.kind == "acted"]
        accounts.append(
            Account(
                key=case.key,
                name=name,
                status=case.status,
                sent=tuple(_sent(entries)),
                heard=tuple(Heard(entry.at, Word(entry.detail)) for entry in entries if entry.kind == "response"),
                recorded=tuple(_recorded(entries)),
                begun=tuple(_begun(entries)),
                acted_at=acted[-1] if case.status == "acted" and acted else None,
            )
        )
    is_over = not any(case.is_alive for case in rehearsal.cases)
    closed_at = rehearsal.end if is_over else None
    people = rehearsal.scenario.supporters
    elsewhere = _elsewhere(rehearsal)
    return book_of(
        edition, accounts, rehearsal.end, closed_at, elsewhere=elsewhere, supporters=people, is_invented=True
    )


def _sent(entries: Iterable[Entry]) -> Iterator[Sent]:
    for entry in entries:
        if entry.audience != ADDRESSEES or entry.kind not in ("send", *WENT_NOWHERE):
            continue
        reach = REACHED[entry.state] if entry.kind == "send" else Reach.NOT_SENT
        proven_at = entry.at if reach is Reach.PROVEN else None
        is_public = CHANNELS[entry.channel].is_public
        yield Sent(entry.step, entry.reminder, entry.channel, is_public, reach, entry.at, proven_at)


def _elsewhere(rehearsal: Rehearsal) -> Iterator[Elsewhere]:
    for entry in rehearsal.sends:
        if entry.audience not in (ADDRESSEES, SUPPORTERS):
            group = "" if entry.audience == PUBLIC else entry.audience
            yield Elsewhere(entry.step, entry.reminder, entry.channel, group, REACHED[entry.state], 1)


def _recorded(entries: Iterable[Entry]) -> Iterator[Recorded]:
    for entry in entries:
        if entry.kind == "outcome":
            yield Recorded(entry.demand, DEEDS[entry.outcome], entry.at, entry.last_day)


def _begun(entries: Iterable[Entry]) -> Iterator[Begun]:
    return (Begun(e.step, e.at, e.missed_at) for e in entries if e.kind in ("opening", "escalation", "at once"))
