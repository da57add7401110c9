"""«Erase me»: a supporter's name goes from everywhere we keep it; what they did still counts, without a name."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from campaigns.address import digests
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.attachment import Attachment
from outreach.delivery import Delivery
from outreach.incoming import Incoming
from outreach.letters.forwarding import answers_to
from outreach.letters.letter import Letter
from outreach.notice import Notice
from outreach.unsubscribe import opt_out

ERASED = "Whoever wrote this asked us to forget them"
BY_THEMSELVES = "the sender"


@transaction.atomic
def erase(supporter: Supporter, now: datetime) -> bool:
    """Keep nothing by which they could be known (GDPR, article 17). False if that was so before.

    A confirmed signature still counts; one that nobody confirmed is taken back. That an address must not be written to
    stays known, by a hash that only this address leads to. The evidence log holds commitments, and nothing of theirs.
    """
    signatures = list(Signature.objects.select_for_update().filter(supporter=supporter))  # first, as confirming does
    locked = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if locked.forgotten_at is not None:
        return False
    addresses = digests(locked.email)
    opt_out(locked, now, source="erase me")
    for signature in signatures:
        if signature.state == Signature.State.PENDING:
            signature.withdraw(now)
        signature.forget()
    Letter.objects.filter(supporter=locked).forget(now)
    _forget_letters_to(locked)
    forget_letters_from(addresses, now)
    wipe(Incoming.objects.filter(pk__in=list(answers_to(locked).values_list("pk", flat=True))))
    locked.forget(now)
    supporter.refresh_from_db()
    return True


def _forget_letters_to(supporter: Supporter) -> None:
    """That they were sent stays on record, by number and state; what a server said of an address does not."""
    with connection.cursor() as cursor:
        for statement in (FORGET_EVENTS, FORGET_JOURNAL):
            cursor.execute(statement, [supporter.pk])
    Delivery.objects.filter(supporter=supporter).update(subject="", text="", html="", words_sealed="", reason="")
    notices = Notice.objects.filter(supporter=supporter)
    notices.filter(state=Notice.State.DUE).update(state=Notice.State.SUPPRESSED)
    notices.update(reason="")


def forget_letters_from(addresses: list[str], now: datetime) -> None:
    """What they wrote to us, unless it is an addressee's answer, which belongs to the record."""
    theirs = Incoming.objects.filter(sender_digest__in=addresses, responses=None).exclude(state=Incoming.State.WAITING)
    theirs.filter(state=Incoming.State.QUARANTINED).update(
        state=Incoming.State.SET_ASIDE,
        aside=Incoming.Aside.SUPPORTER,
        reason=ERASED,
        settled_by=BY_THEMSELVES,
        settled_at=now,
    )
    wipe(theirs)


def wipe(incomings: QuerySet[Incoming]) -> None:
    """That something came in stays on record; what it said, and whose it was, does not."""
    Attachment.objects.filter(incoming__in=incomings).delete()
    incomings.update(raw=b"", envelope=b"", gist_sealed=b"", why="", sender_digest="")


FORGET_EVENTS = """
UPDATE outreach_event SET detail = detail - ARRAY['reason', 'said', 'detail']
 WHERE delivery_id IN (SELECT id FROM outreach_delivery WHERE supporter_id = %s)
"""
FORGET_JOURNAL = """
UPDATE outreach_journal AS entry SET said = '' FROM outreach_delivery AS delivery
 WHERE entry.chunk_id = delivery.chunk_id AND entry.place = delivery.place AND delivery.supporter_id = %s
"""
