"""From a mailing to delivery rows, some supporters at a time and those in one statement: where a worker dies, the next
one goes on. Losing the hint, or getting it twice, costs nothing but time.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime
from time import monotonic

import dramatiq
from django.db import connection, transaction

from campaigns.lot import parts
from campaigns.mailing import Mailing
from campaigns.moment import now
from campaigns.posture import divisions_where
from campaigns.wave import Wave
from channels.email import EMAIL
from outreach.mailings.contest import decide
from outreach.mailings.steering import standing_holds
from outreach.readership import ALL_LOTS, FIRST, LAST, Readers, write

State = Mailing.State
PORTION = 50_000
"""Supporters gone through in one transaction: a few seconds of work that a crash can cost."""
WORKING_TIME = 40.0  # seconds of one hint's work
TIME_LIMIT = 50_000
Lots = tuple[str, tuple[float, float]]
"""A wording, and the lots of those who get it."""


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def compose_mailings() -> None:
    """Write what is to be written of mailings."""
    started = monotonic()
    while monotonic() - started < WORKING_TIME and compose_some(now()):
        pass


def is_waiting() -> bool:
    """Whether something of a mailing is to be written. A look at its approvals and holds is left to the worker."""
    return Mailing.objects.to_write(now()).exists()


def compose_some(moment: datetime) -> bool:
    """One portion of the mailing that has waited longest and may go on. False if there is none."""
    waiting = Mailing.objects.to_write(moment).order_by("at", "key").values_list("pk", flat=True)
    return any(_compose(pk, moment) for pk in list(waiting))


@transaction.atomic
def _compose(pk: uuid.UUID, moment: datetime) -> bool:
    """False if it may not go on, or another worker is at it."""
    rows = Mailing.objects.to_write(moment).select_related("campaign").select_for_update(of=("self",), skip_locked=True)
    mailing = rows.filter(pk=pk).first()
    if mailing is None or standing_holds(mailing, moment):
        return False
    if mailing.state == State.PLANNED:
        return _begin(mailing, moment)
    if mailing.state == State.TESTING:
        decide(mailing, moment)
        return mailing.move(State.COMPOSING, written_to=None)
    return _portion(mailing, moment)


def _begin(mailing: Mailing, moment: datetime) -> bool:
    """Make its wave. False while it lacks approvals."""
    if mailing.lacking():
        return False
    Wave.objects.create(campaign=mailing.campaign, mailing=mailing, at=moment)
    return mailing.move(State.COMPOSING)


def _portion(mailing: Mailing, moment: datetime) -> bool:
    after = mailing.written_to or FIRST
    until = _end_of_portion(mailing, after)
    divisions = divisions_of(mailing, moment)
    expires_at = moment + mailing.expires_after if mailing.expires_after else None
    for wording, lots in lots_of(mailing):
        readers = Readers(mailing.for_whom, divisions, lots, after, until or LAST)
        write(mailing.wave, EMAIL.name, wording, readers, moment, expires_at)
    if until is not None:
        return mailing.move(State.COMPOSING, written_to=until)
    return _written(mailing, moment)


def _written(mailing: Mailing, moment: datetime) -> bool:
    """All supporters have been gone through: of several wordings it is known from here on when they are compared."""
    ends_at = moment + mailing.test_time if mailing.test_time and not mailing.chosen else mailing.test_ends_at
    if mailing.test_share and not mailing.chosen:
        return mailing.move(State.TESTING, test_ends_at=ends_at)
    return mailing.move(State.COMPOSED, test_ends_at=ends_at, composed_at=moment)


def divisions_of(mailing: Mailing, moment: datetime) -> list[str] | None:
    """Where those live whom it is for, as their representatives stand now; None if that does not matter."""
    segment = mailing.for_whom
    if not segment.divisions and not segment.representatives:
        return None
    stand = divisions_where(mailing.campaign, segment.representatives, moment) if segment.representatives else None
    return segment.within(mailing.campaign.supporters.by_division(), stand)


def lots_of(mailing: Mailing) -> Iterator[Lots]:
    """Who gets which wording now: those of the test, then all others the one that was chosen."""
    if mailing.chosen or not mailing.is_contest:
        yield mailing.chosen or mailing.wordings[0], ALL_LOTS
        return
    share = mailing.test_share / 100 if mailing.test_share else 1.0
    yield from zip(mailing.wordings, parts(share, len(mailing.wordings)), strict=True)


def _end_of_portion(mailing: Mailing, after: uuid.UUID) -> uuid.UUID | None:
    """The last supporter of the portion that follows; None if no further one comes after it."""
    with connection.cursor() as cursor:
        cursor.execute(END_OF_PORTION, [mailing.campaign_id, after, PORTION - 1])
        row = cursor.fetchone()
    return row[0] if row else None


END_OF_PORTION = """
SELECT id FROM campaigns_supporter WHERE campaign_id = %s AND id > %s ORDER BY id OFFSET %s LIMIT 1
"""
