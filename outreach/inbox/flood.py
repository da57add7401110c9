"""Too much at once: mail that only repeats itself, goes round in circles, or is meant to bury us."""

from datetime import timedelta
from uuid import UUID

from channels.incoming.reading import Reading
from outreach.guess import Guess
from outreach.inbox.mail_name import message_id_in
from outreach.inbox.match import keys_of
from outreach.inbox.memory import letters_of, mailbags_of
from outreach.incoming import Incoming, Incomings
from outreach.response import Response

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_OF_A_SENDER, MOST_FOR_AN_APPEAL = 20, 40  # within an hour
MOST_AUTOMATIC = 3  # of one sender about one appeal, within a day
MOST_HOPS = 50  # servers; a letter has five or ten (RFC 5321, 6.3, would take a hundred)
REPEATED = timedelta(days=30)


def loop_in(incoming: Incoming, reading: Reading) -> str:
    """A sentence if it goes round in circles, else empty. We answer nothing by ourselves, but others do."""
    ours = keys_of([reading.message_id])
    if ours and (letters_of(ours) or mailbags_of(ours)):
        return "It is a letter of our own that came back to us"
    if reading.hops > MOST_HOPS:
        return f"It has been through {reading.hops} servers"
    return ""


def goes_round(incoming: Incoming, appeal: UUID) -> bool:
    """Whether a machine goes on and on about one appeal: an office has one reply for each letter, and no more."""
    earlier = _of_sender(incoming, DAY).filter(responses__appeal=appeal, responses__kind=Response.Kind.AUTO_REPLY)
    return earlier.count() >= MOST_AUTOMATIC


def is_repeated(incoming: Incoming) -> bool:
    """Whether the same mail came before in another shape: as a door that takes mails apart puts it together again."""
    message_id = message_id_in(incoming.name)
    if not message_id:
        return False
    earlier = _of_sender(incoming, REPEATED).filter(name__startswith=f"{message_id} ").exclude(read_at=None)
    return any(each.gist.text.split() == incoming.gist.text.split() for each in earlier.without_weight())


def heap_of(incoming: Incoming, appeals: list[UUID]) -> str:
    """The flood that it belongs to; empty if it does not come at a flood's rate."""
    hour = incoming.received_at.strftime("%Y%m%d%H")
    if incoming.sender_digest and _of_sender(incoming, HOUR).count() >= MOST_OF_A_SENDER:
        return f"sender:{incoming.sender_digest[:32]}:{hour}"
    for appeal in appeals:
        recent = Guess.objects.filter(appeal=appeal, incoming__received_at__gt=incoming.received_at - HOUR)
        if recent.exclude(incoming=incoming).count() >= MOST_FOR_AN_APPEAL:
            return f"appeal:{appeal.hex}:{hour}"
    return ""


def _of_sender(incoming: Incoming, span: timedelta) -> Incomings:
    since = incoming.received_at - span
    same = Incoming.objects.filter(channel=incoming.channel, sender_digest=incoming.sender_digest)
    return same.filter(received_at__gt=since, received_at__lte=incoming.received_at).exclude(pk=incoming.pk)
