"""Reading what was taken in: what it is and whom it answers decide what becomes of it. Workers do it, one by one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import dramatiq
import structlog
from django.db import DatabaseError, transaction
from django.db.models import F, Q

from campaigns.moment import now
from channels.email import EMAIL
from outreach.inbox.deciding import deliver, quarantine
from outreach.inbox.letter import NOBODY, RULE, SEVERAL, UNSURE, read_letter
from outreach.incoming import Incoming

log = structlog.get_logger(__name__)
READERS = {EMAIL.name: read_letter}
TIME_LIMIT = 50_000
MOST_TRIES = 3
LEASE = timedelta(minutes=2)  # longer than TIME_LIMIT
UNREADABLE = "It could not be read, which is a fault of this program: its log says more"


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def read_incoming() -> None:
    """Read what came in. Losing the hint, or getting it twice, costs nothing but time."""
    read_waiting(now())


def is_waiting() -> bool:
    """Whether something has come in that nobody has read."""
    return Incoming.objects.waiting().exists()


def read_waiting(now: datetime) -> int:
    """Read what has not been read, the oldest first; several workers may do so at once. Answers how many were."""
    read = 0
    while (pk := _next()) is not None:
        read += _read(pk, now)
    return read


@transaction.atomic
def _next() -> UUID | None:
    """The oldest that nobody is reading; ours alone for a while, and one more try counted: what ends a worker each time
    does so three times.
    """
    real_now = datetime.now(UTC)
    waiting = Incoming.objects.waiting().filter(Q(tried_at=None) | Q(tried_at__lte=real_now - LEASE))
    pks = waiting.order_by("received_at", "id").values_list("pk", flat=True)
    pk = pks.select_for_update(skip_locked=True).first()
    if pk is not None:
        Incoming.objects.filter(pk=pk).update(tries=F("tries") + 1, tried_at=real_now)
    return pk


@transaction.atomic
def _read(pk: UUID, now: datetime) -> bool:
    """False if somebody else has it."""
    incoming = Incoming.objects.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if incoming is None:
        return False
    incoming.read_at, incoming.state = now, Incoming.State.QUARANTINED
    incoming.save(update_fields=["read_at", "state"])
    if incoming.tries > MOST_TRIES:
        quarantine(incoming, UNREADABLE)
    else:
        _decide(incoming, now)
    return True


def _decide(incoming: Incoming, now: datetime) -> None:
    """What cannot be read must not stand in the way of the rest: it is shown to a person, and said in the log."""
    try:
        with transaction.atomic():
            READERS.get(incoming.channel, _route)(incoming, now)
    except DatabaseError:
        raise
    except Exception:
        log.exception("something that came in could not be read", incoming=str(incoming.pk))
        quarantine(incoming, UNREADABLE)


def _route(incoming: Incoming, now: datetime) -> None:
    """What is certain is delivered; for everything else a person decides."""
    guesses = list(incoming.guesses.select_related("appeal"))
    certain = [guess for guess in guesses if guess.is_certain]
    if not certain:
        quarantine(incoming, (SEVERAL if len(guesses) > 1 else UNSURE) if guesses else NOBODY)
    for guess in certain:
        deliver(incoming, guess.appeal, by=RULE, now=now)
