"""One mail, read: what it is, whom it answers, whose voice it is; and what becomes of it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings

from campaigns.address import digest
from campaigns.appeal import Appeal
from channels.incoming.read import read_mail
from channels.incoming.reading import Kind, Reading, Verdicts
from outreach.attachment import Attachment
from outreach.guess import put_down
from outreach.inbox.deciding import deliver, quarantine, set_aside
from outreach.inbox.flood import goes_round, heap_of, is_repeated, loop_in
from outreach.inbox.gist import Gist
from outreach.inbox.match import Clues, Match, match
from outreach.inbox.memory import Remembered, addresses_of, is_supporter
from outreach.inbox.reports import take_report
from outreach.inbox.voice import Heard, Voice, voice_of
from outreach.incoming import Incoming
from outreach.letters.forwarding import letters_answered, take_answer
from outreach.reply_address import appeals_at
from outreach.response import Response

Aside = Incoming.Aside
REPORTS = (Kind.BOUNCE, Kind.DELAYED, Kind.DELIVERED, Kind.COMPLAINT)
RULE = "rule: one certain match"
SECRET_IS_GONE = "It was sealed with a SECRET_KEY that is gone, and cannot be read"
NOBODY = "Nothing says whom it answers"
UNSURE = "It may answer this appeal, but that is not certain"
SEVERAL = "It may answer several appeals"
OF_NO_APPEAL = "It is an automatic reply, and answers no appeal"
ROUND_AND_ROUND = "A machine answers this appeal again and again"
FLOOD = "Too many of the kind came within an hour"


def read_letter(incoming: Incoming, now: datetime) -> None:
    """Decide what becomes of a mail that was taken in. Doing it again, for more recipients, adds what they add."""
    raw = incoming.opened()
    if raw is None:
        quarantine(incoming, SECRET_IS_GONE)
        return
    sender, recipients = incoming.handed_in
    given = Verdicts(**_tuples(incoming.verdicts)) if incoming.verdicts else None
    reading = read_mail(raw, trusted=settings.MAIL_TRUSTED, given=given, return_path=sender)
    _keep(incoming, reading)
    if why := loop_in(incoming, reading):
        set_aside(incoming, Aside.LOOP, by="rule: no circles", now=now, note=why)
    elif reading.kind in REPORTS:
        take_report(incoming, reading, recipients, now)
    elif is_repeated(incoming):
        set_aside(incoming, Aside.DUPLICATE, by="rule: once is enough", now=now, note="The same mail came before")
    else:
        letters = letters_answered(reading, recipients)
        if letters:
            take_answer(incoming, reading, letters, now, is_automatic=_is_automatic(incoming))
        if not letters or _is_to_an_appeal(reading, recipients):
            _place(incoming, reading, match(clues_of(reading, recipients), Remembered()), now)


def _is_to_an_appeal(reading: Reading, recipients: Sequence[str]) -> bool:
    """Whether the campaign was written to, at the address of an appeal."""
    return bool(appeals_at(clues_of(reading, recipients).recipients, exactly=True))


def clues_of(reading: Reading, recipients: Sequence[str] = ()) -> Clues:
    """What a mail says of whom it answers; `recipients` are those of its envelope."""
    written_to = [each.address for each in (*reading.to, *reading.cc)]
    return Clues(
        recipients=tuple(dict.fromkeys((*recipients, *reading.delivered_to, *written_to))),
        references=reading.references,
        in_reply_to=reading.in_reply_to,
        returned=reading.original.keys,
        sender=reading.sender.address,
        subject=reading.subject,
    )


def heard(reading: Reading, appeal: Appeal) -> Heard:
    """Whether this mail may count as the addressee's."""
    senders = [each.address for each in reading.senders if each.address]
    known = is_supporter(reading.sender.address)
    return voice_of(senders, reading.verdicts, addresses_of(appeal), is_supporter=known)


def _keep(incoming: Incoming, reading: Reading) -> None:
    """What was read of it, sealed; and its files, each by itself."""
    incoming.gist = Gist(
        sender=reading.sender.address,
        sender_name=reading.sender.name,
        subject=reading.subject,
        text=reading.text,
        own_text=reading.own_text,
        html=reading.html,
        language=reading.language,
        recipients=tuple(each.address for each in (*reading.to, *reading.cc)),
        oddities=reading.oddities,
    )
    incoming.kind, incoming.why, incoming.is_certain = reading.kind, reading.why, reading.is_automatic
    incoming.verdicts = {name: said for name, said in asdict(reading.verdicts).items() if said}
    incoming.sender_digest = digest(reading.sender.address) if reading.sender.address else ""
    incoming.save(update_fields=["gist_sealed", "kind", "why", "is_certain", "verdicts", "sender_digest"])
    if not incoming.attachments.exists():
        Attachment.objects.bulk_create(
            Attachment.of(
                incoming, number, file.content, name=file.name, media_type=file.media_type, content_id=file.content_id
            )
            for number, file in enumerate(reading.attachments, 1)
        )


def _place(incoming: Incoming, reading: Reading, matches: Sequence[Match], now: datetime) -> None:
    """Deliver what is certain and may count; leave the rest, with its guesses, to a person."""
    appeals = Appeal.objects.select_related("campaign").in_bulk([each.appeal for each in matches])
    matches = [each for each in matches if each.appeal in appeals]
    certain = [appeals[each.appeal] for each in matches if each.is_certain and _is_public(appeals[each.appeal])]
    if _is_automatic(incoming):
        _place_automatic(incoming, reading, certain, now)
        return
    voices = {appeal.pk: heard(reading, appeal) for appeal in appeals.values()}
    heap = heap_of(incoming, list(appeals))
    is_flood = bool(heap) and not any(each.voice is Voice.THEIRS for each in voices.values())
    delivered = set()
    for appeal in certain if not is_flood else ():
        if voices[appeal.pk].may_count:
            deliver(incoming, appeal, by=RULE, now=now, doubt=voices[appeal.pk].why)
            delivered.add(appeal.pk)
    is_nobodys = is_flood or any(each.voice is Voice.SUPPORTER for each in voices.values())
    guesses = [(appeals[each.appeal], each.certainty, each.why) for each in matches]
    put_down(incoming, guesses, holds=not is_nobodys, settled=delivered)
    if not delivered or len(certain) > len(delivered):
        left = [each for each in certain if each.pk not in delivered]
        reason = FLOOD if is_flood else _reason(matches, [voices[each.pk] for each in left or appeals.values()])
        quarantine(incoming, reason, heap=heap if is_flood else "")


def _place_automatic(incoming: Incoming, reading: Reading, certain: Sequence[Appeal], now: datetime) -> None:
    """Shown where it belongs, and read already: it stops nothing and holds nothing."""
    put_down(incoming, [(appeal, 1.0, "It answers a letter of this appeal") for appeal in certain], holds=False)
    wanted = [appeal for appeal in certain if not goes_round(incoming, appeal.pk)]
    for appeal in wanted:
        response = deliver(incoming, appeal, by=RULE, now=now, doubt=heard(reading, appeal).why)
        if response.read_at is None:
            response.read(Response.Kind.AUTO_REPLY, f"rule: {incoming.why}"[:150], now)
    if certain and not wanted:
        set_aside(incoming, Aside.LOOP, by="rule: no circles", now=now, note=ROUND_AND_ROUND)
    elif not certain:
        set_aside(incoming, Aside.OTHER, by="rule: automatic replies", now=now, note=OF_NO_APPEAL)


def _is_automatic(incoming: Incoming) -> bool:
    """By a header that only machines write; what only reads like an automatic reply is a person's to judge."""
    return incoming.kind == Kind.AUTO_REPLY and incoming.is_certain


def _is_public(appeal: Appeal) -> bool:
    return appeal.campaign.published_at is not None


def _reason(matches: Sequence[Match], voices: Sequence[Heard]) -> str:
    """Why it is not delivered by itself: who speaks, if that is the trouble; whether it is certain whom it answers."""
    if not matches:
        return NOBODY
    doubts = dict.fromkeys(each.why for each in voices if not each.may_count)
    unsure = "" if any(each.is_certain for each in matches) else SEVERAL if len(matches) > 1 else UNSURE
    return ". ".join(filter(None, [*doubts, unsure]))


def _tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(each) if isinstance(each, list) else each for name, each in said.items()}
