"""A mailbox that is looked into once a minute: what is new is kept as if it had been posted to us."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice

import dramatiq
import structlog
from django.conf import settings
from django.db import connection, transaction

from campaigns.moment import now
from channels.imap_box import BoxClosed, Found, ImapAddress, ImapBox, opened
from outreach.inbox.mail import LARGEST, take_mail
from outreach.incoming import Incoming
from outreach.mailbox import Mailbox

log = structlog.get_logger(__name__)
EVERY = timedelta(minutes=1)
TIME_LIMIT = 300_000  # milliseconds
MOST = 200  # mails in one look; the next one goes on where this one stopped
TOO_LARGE = "(This mail has {size:,} bytes, more than the {largest:,} that are taken. It lies in the mailbox {name}.)"


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def look_into_mailbox() -> None:
    """Take in what is new. Losing the hint, or getting it twice, costs nothing but time."""
    if settings.MAILBOX:
        poll(settings.MAILBOX, datetime.now(UTC))


def is_due() -> bool:
    """Whether there is a mailbox that has not been looked into for a while."""
    if settings.MAILBOX is None:
        return False
    kept = Mailbox.objects.filter(pk=settings.MAILBOX.name).first()
    return kept is None or kept.is_due(datetime.now(UTC), EVERY)


def poll(where: ImapAddress, real_now: datetime) -> int:
    """Take in all that is new, oldest first; nothing while another worker does. Answers how many mails that were.

    How far it got is written down after each mail, so that nothing is passed over; what is read twice is kept once.
    """
    with _alone(where.name) as is_free:
        if not is_free:
            return 0
        box, _ = Mailbox.objects.get_or_create(name=where.name)
        box.problem, before = "", box.taken
        try:
            with opened(where) as there:
                _take(box, there)
        except BoxClosed as closed:
            box.problem = str(closed)
            log.warning("a mailbox could not be read", reason=box.problem)
        box.polled_at = real_now
        box.save()
        return box.taken - before


def _take(box: Mailbox, there: ImapBox) -> None:
    if there.validity != box.validity:
        box.validity, box.uid = there.validity, 0
    for found in islice(there.new(box.uid, LARGEST), MOST):
        with transaction.atomic():
            take_mail(_raw(found, there, box.name), door=Incoming.Door.IMAP, now=now())
            box.uid, box.taken = found.uid, box.taken + 1
            box.save()
        there.mark_seen(found.uid)


def _raw(found: Found, there: ImapBox, name: str) -> bytes:
    """The mail; of one that is too large its headers, and where it lies."""
    if found.raw is not None:
        return found.raw
    left = TOO_LARGE.format(size=found.size, largest=LARGEST, name=name)
    return there.head(found.uid).rstrip(b"\r\n") + b"\r\n\r\n" + left.encode() + b"\r\n"


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """One worker at a time looks into a mailbox; whether it is us. No transaction is open meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"mailbox {name}"])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"mailbox {name}"])
