"""What an office answers to a supporter's letter goes on to that supporter. It is no answer to the campaign.

| what came                                             | what becomes of it                                          |
|-------------------------------------------------------|-------------------------------------------------------------|
| an answer from an address or domain of the office's   | forwarded                                                   |
| an automatic reply                                    | forwarded, marked as such; only the first to each letter    |
| from somebody else, or refuted by a mail server       | a person says whether it goes on                            |
| more than ten in a day to one letter                  | a person says                                               |
| whoever wrote has been erased                         | nothing is forwarded; the mail is kept for a person         |
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from campaigns.addressee import ContactPoint
from campaigns.supporter import Supporter
from channels.email import EMAIL
from channels.incoming.reading import Reading
from outreach.hint import give_hint
from outreach.inbox.deciding import quarantine, set_aside
from outreach.inbox.match import keys_of
from outreach.inbox.memory import is_supporter, mailbags_of
from outreach.inbox.voice import Heard, voice_of
from outreach.incoming import Incoming, Incomings
from outreach.letters.alias import letters_at
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.notice import Notice

State, Aside = LetterReply.State, Incoming.Aside
RULE = "rule: an office's answer goes to who wrote"
MOST_A_DAY = 10
ERASED = "It answers a supporter's letter, and whoever wrote it has been erased: nothing is forwarded"
ALREADY = "One automatic reply to this letter has been forwarded already"
TOO_MANY = "More than ten answers to this letter came within a day"
TO_WHOM = "It answers a supporter's letter. {why}"
FORWARDED = "Forwarded to whoever wrote the letter"


def letters_answered(reading: Reading, recipients: Iterable[str]) -> list[Letter]:
    """The letters it answers: by their addresses for answers; else by the message it replies to, if that was a letter
    by itself.
    """
    written_to = [each.address for each in (*reading.to, *reading.cc)]
    if found := letters_at((*recipients, *reading.delivered_to, *written_to)):
        return found
    bags = mailbags_of(keys_of((*reading.in_reply_to, *reversed(reading.references))))
    alone = [bag.pk for bag in bags[:1] if not bag.is_digest]
    return list(Letter.objects.filter(mailbag__in=alone))


def take_answer(
    incoming: Incoming, reading: Reading, letters: Sequence[Letter], now: datetime, *, is_automatic: bool
) -> None:
    """Forward it to whoever wrote each of the letters, or leave it to a person. Doing it again changes nothing."""
    replies = [_reply(incoming, reading, each, now, is_automatic=is_automatic) for each in letters]
    if held := next((each for each in replies if each.state == State.HELD), None):
        quarantine(incoming, TO_WHOM.format(why=held.doubt))
    elif any(each.state == State.FORWARDED for each in replies):
        set_aside(incoming, Aside.LETTER, by=RULE, now=now, note=FORWARDED)
    elif is_automatic:
        set_aside(incoming, Aside.LOOP, by=RULE, now=now, note=ALREADY)
    else:
        quarantine(incoming, ERASED)


@transaction.atomic
def forward(reply: LetterReply, *, by: str, now: datetime) -> bool:
    """A person says that it goes on. False if it has gone, or nobody is there to get it."""
    held = LetterReply.objects.filter(pk=reply.pk, state=State.HELD)
    if not _has_reader(reply.letter) or not held.update(state=State.FORWARDED, forwarded_by=by, at=now):
        return False
    _send_on(reply, now)
    set_aside(reply.incoming, Aside.LETTER, by=by, now=now, note=FORWARDED)
    return True


@transaction.atomic
def _reply(incoming: Incoming, reading: Reading, letter: Letter, now: datetime, *, is_automatic: bool) -> LetterReply:
    known = LetterReply.objects.filter(letter=letter, incoming=incoming).first()
    if known is not None:
        return known
    voice = _heard(reading, letter)
    state, doubt = _fate(letter, voice, now, is_automatic=is_automatic)
    reply = LetterReply.objects.create(
        letter=letter,
        incoming=incoming,
        state=state,
        is_automatic=is_automatic,
        doubt=doubt or voice.why,
        forwarded_by=RULE if state == State.FORWARDED else "",
        at=now,
    )
    if state == State.FORWARDED:
        _send_on(reply, now)
    return reply


def _fate(letter: Letter, voice: Heard, now: datetime, *, is_automatic: bool) -> tuple[str, str]:
    """What becomes of it, and why, if that is not the voice's fault."""
    gone = letter.replies.filter(state=State.FORWARDED)
    if not _has_reader(letter):
        return State.KEPT, ERASED
    if is_automatic and gone.filter(is_automatic=True).exists():
        return State.KEPT, ALREADY
    if gone.filter(at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        return State.HELD, TOO_MANY
    return (State.FORWARDED, "") if voice.may_count else (State.HELD, "")


def _heard(reading: Reading, letter: Letter) -> Heard:
    senders = [each.address for each in reading.senders if each.address]
    points = ContactPoint.objects.filter(addressee=letter.addressee_id, channel=EMAIL.name)
    theirs = list(points.values_list("address", flat=True))
    return voice_of(senders, reading.verdicts, theirs, is_supporter=is_supporter(reading.sender.address))


def _has_reader(letter: Letter) -> bool:
    return bool(letter.supporter.email)


def _send_on(reply: LetterReply, now: datetime) -> None:
    from outreach.notify import send_notices

    Notice.objects.create(
        campaign_id=reply.letter.campaign_id,
        supporter_id=reply.letter.supporter_id,
        kind=Notice.Kind.REPLY,
        about=reply.pk,
        due_at=now,
        created_at=now,
    )
    transaction.on_commit(lambda: give_hint(send_notices))


def answers_to(supporter: Supporter) -> Incomings:
    """What offices answered to this supporter and nobody else, and the campaign need not know."""
    theirs = LetterReply.objects.filter(letter__supporter=supporter)
    others = LetterReply.objects.exclude(letter__supporter=supporter).filter(incoming__in=theirs.values("incoming"))
    return (
        Incoming.objects.filter(letter_replies__in=theirs, state=Incoming.State.SET_ASIDE, responses=None)
        .exclude(pk__in=others.values("incoming"))
        .distinct()
    )
