"""What mail servers report of our letters, told as every provider's news is: it folds into deliveries in any order."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from campaigns.appeal import Appeal
from channels.incoming.reading import Failed, Kind, Reading
from channels.news import Kind as News_
from channels.news import News
from channels.return_path import key_in
from outreach.delivery import Delivery
from outreach.guess import put_down
from outreach.hear import hear
from outreach.hint import give_hint
from outreach.inbox.deciding import quarantine, set_aside
from outreach.inbox.match import keys_of, plain_subject
from outreach.inbox.memory import letters_of, mailbags_of
from outreach.inbox.voice import domain_of, is_same_office
from outreach.incoming import Incoming
from outreach.keeping import keep
from outreach.letters.mailbag import Mailbag

PROVIDER = "smtp"
RULE = "rule: a mail server's report"
ASIDE = {
    Kind.BOUNCE: Incoming.Aside.BOUNCE,
    Kind.DELAYED: Incoming.Aside.DELAY,
    Kind.DELIVERED: Incoming.Aside.RECEIPT,
    Kind.COMPLAINT: Incoming.Aside.COMPLAINT,
}
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")
LONGEST_REASON = 500
OF_NONE = "It reports on a letter, but names none of ours"


def take_report(incoming: Incoming, reading: Reading, recipients: Iterable[str], now: datetime) -> None:
    """A bounce, delay, proof or complaint counts for the letter whose key it names; one that names none is shown to a
    person, with guesses, and holds nothing.
    """
    letters = _letters(reading, recipients)
    if not letters:
        put_down(incoming, _guessed(reading), holds=False)
        quarantine(incoming, OF_NONE)
        return
    keep(PROVIDER, list(news_of(reading, letters[0], sha256(incoming.name.encode()).hexdigest()[:40], now)), now)
    set_aside(incoming, ASIDE[reading.kind], by=RULE, now=now, note=reading.why)
    transaction.on_commit(lambda: give_hint(hear))


def news_of(reading: Reading, letter: Delivery | Mailbag, name: str, at: datetime) -> Iterable[News]:
    """What a report says of one letter, one piece of news for each recipient it names. `name`: the report's own.

    A recipient elsewhere, to whom the office forwards its mail, says nothing of the office's address.
    """
    said = _of(reading.recipients, letter.address) or (Failed(address=""),)
    for number, each in enumerate(said):
        is_elsewhere = bool(each.address) and not _is_there(each.address, letter.address)
        kind = _kind(reading.kind, each)
        if kind is News_.BOUNCED and is_elsewhere:
            kind = News_.BLOCKED
        yield News(
            name=f"{name}:{number}",
            kind=kind,
            at=at,
            said=(each.action or reading.kind.value)[:60],
            key=letter.name_on_the_wire.hex,
            reason=_plain(ADDRESS.sub("…", each.diagnostic or reading.why))[:LONGEST_REASON],
            code="" if is_elsewhere else (each.status or each.code)[:20],
            is_dead=kind is News_.BOUNCED and each.is_dead,
            address=letter.address,
        )


def _kind(kind: Kind, said: Failed) -> News_:
    match kind, said.action.lower():
        case Kind.COMPLAINT, _:
            return News_.COMPLAINT
        case _, "relayed":
            return News_.TAKEN  # into a world that proves nothing
        case _, "delivered" | "expanded":
            return News_.DELIVERED
        case Kind.DELIVERED, _:
            return News_.DELIVERED
        case Kind.DELAYED, _:
            return News_.DEFERRED
        case _, "delayed":
            return News_.DEFERRED
    return News_.BOUNCED if said.is_permanent else News_.BLOCKED


def _letters(reading: Reading, recipients: Iterable[str]) -> Sequence[Delivery | Mailbag]:
    """The letter a report is about, or those that went together: by the return path it came to, by what it returns, by
    what it answers; the first that names one of ours counts.
    """
    places = (
        [key for each in (*recipients, *reading.delivered_to) if (key := key_in(each))],
        [*reading.original.keys, *keys_of([reading.original.message_id])],
        keys_of((*reading.in_reply_to, *reversed(reading.references))),
    )
    for keys in places:
        if letters := letters_of(keys) or mailbags_of(keys):
            return letters
    return []


def _of(recipients: Sequence[Failed], address: str) -> Sequence[Failed]:
    """Those that are the letter's own recipient, if any is."""
    return [each for each in recipients if each.address.casefold() == address.casefold()] or recipients


def _is_there(one: str, other: str) -> bool:
    return one.casefold() == other.casefold() or is_same_office(domain_of(one), domain_of(other))


def _guessed(reading: Reading) -> list[tuple[Appeal, float, str]]:
    """By whom the report names, and the subject of what it returns."""
    named = {each.address.casefold() for each in reading.recipients}
    named |= {each.casefold() for each in reading.original.recipients}
    written = Delivery.objects.filter(contact_point__address__in=named - {""}, appeal__isnull=False)
    written = written.select_related("appeal").defer("text", "html")
    ours = plain_subject(reading.original.subject)
    return [
        (each.appeal, 0.7, "It returns a letter with this subject to this address")
        for each in written.order_by("-created_at")[:20]
        if each.appeal is not None and ours and plain_subject(each.subject) == ours
    ]


def _plain(said: str) -> str:
    """Without halves of characters, which no database takes."""
    return said.encode("utf-8", "replace").decode()
