"""Sending mailbags: whoever claims one sends it, and no transaction is open meanwhile. A crash on the wire leaves it
unknown; it is never sent again by itself.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic

import dramatiq
from django.db import transaction

from campaigns.moment import now
from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.email import EMAIL
from channels.wire import Wire
from outreach.health import note_proof, note_refusal
from outreach.letters.again import elsewhere
from outreach.letters.enveloped import enveloped
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.packing import EMPTY, claim, intend, letters_in, pack
from outreach.send import wire_of

State = Mailbag.State
TIME_LIMIT = 50_000
AT_ONCE = 25  # inboxes
WORKING_TIME = 40.0  # seconds of one hint's work
STOPPED = "The worker stopped while it was on the wire; nobody can prove whether it arrived"


@dramatiq.actor(queue_name="addressees", time_limit=TIME_LIMIT)
def post_letters() -> None:
    """Send what may leave of supporters' letters. Losing the hint, or getting it twice, costs nothing but time."""
    started = monotonic()
    while monotonic() - started < WORKING_TIME and post_some(now()):
        pass


def is_waiting() -> bool:
    """Whether there is anything to look at."""
    return Mailbag.objects.due(now()).exists() or Letter.objects.waiting().exists()


def post_some(moment: datetime) -> int:
    """Send again what is due, then what may leave now. Answers how many mailbags were on the wire."""
    wire = wire_of(EMAIL.name)
    elsewhere(moment)
    return post(claim(moment, datetime.now(UTC), AT_ONCE), wire) + post(pack(moment, datetime.now(UTC), AT_ONCE), wire)


def post(claimed: Sequence[Mailbag], wire: Wire) -> int:
    """Write, intend, send and settle, few at a time, so that a crash leaves few unknown."""
    sent = 0
    for start in range(0, len(claimed), wire.in_flight):
        part = claimed[start : start + wire.in_flight]
        ready = {each.pk: enveloped(each, letters) for each in part if (letters := list(_read(each)))}
        going = intend([each for each in part if each.pk in ready], now(), wire.name)
        for each, answer in zip(going, wire.send([ready[each.pk] for each in going]), strict=True):
            settle(each, answer, now())
        sent += len(going)
    return sent


@transaction.atomic
def settle(bag: Mailbag, answer: Answer, moment: datetime) -> bool:
    """What the wire said of it; False if somebody else has claimed it since."""
    match answer:
        case Receipt(reference, proven):
            state, proven_at = (State.DELIVERED, moment) if proven else (State.SENT, None)
            known = {"reference": reference, "sent_at": moment, "delivered_at": proven_at, "reason": ""}
            is_settled = bag.move(state, fence=bag.token, lease_until=None, **known)
            if is_settled and proven:
                note_proof(bag)
        case Refused(reason, code):
            is_settled = bag.move(State.REFUSED, fence=bag.token, lease_until=None, reason=reason)
            if is_settled:
                note_refusal(bag, code)
        case Delayed(reason, wait):
            again = moment + max(wait or bag.wait_after(), bag.wait_after())
            is_settled = bag.move(State.DELAYED, fence=bag.token, lease_until=None, reason=reason, due_at=again)
        case Unknown(reason):
            is_settled = bag.move(State.UNKNOWN, fence=bag.token, lease_until=None, reason=reason)
    return is_settled


def recover_mailbags(moment: datetime, real_now: datetime) -> int:
    """What a worker left behind: never on the wire, so due again; or perhaps on it, so unknown. Answers how many."""
    left = Mailbag.objects.filter(state__in=Mailbag.ON_THE_WIRE, lease_until__lt=real_now)
    return sum(_recover(each, moment) for each in left)


def _recover(bag: Mailbag, moment: datetime) -> bool:
    if bag.state == State.CLAIMED:
        return bag.move(State.DUE, fence=bag.token, due_at=moment, lease_until=None)
    return bag.move(State.UNKNOWN, fence=bag.token, reason=STOPPED, lease_until=None)


def _read(bag: Mailbag) -> list[Letter]:
    """Its letters, as they are now; one with nothing left in it ends here."""
    letters = list(letters_in(bag).select_related("campaign", "addressee", "supporter"))
    if not letters:
        bag.move(State.CANCELLED, fence=bag.token, reason=EMPTY, lease_until=None)
    return letters
