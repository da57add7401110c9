"""Reading what was taken in: what it is and whom it answers decide what becomes of it. Workers do it, one by one."""

from datetime import datetime

import dramatiq
from django.db import transaction

from campaigns.moment import now
from outreach.inbox.deciding import deliver, quarantine
from outreach.incoming import Incoming

TIME_LIMIT = 50_000
RULE = "rule: one certain match"
NOBODY = "Nothing says whom it answers"
UNSURE = "It may answer this appeal, but that is not certain"
SEVERAL = "It may answer several appeals"


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
    while _read_next(now):
        read += 1
    return read


@transaction.atomic
def _read_next(now: datetime) -> bool:
    waiting = Incoming.objects.waiting().order_by("received_at", "id")
    incoming = waiting.select_for_update(skip_locked=True).first()
    if incoming is None:
        return False
    incoming.read_at, incoming.state = now, Incoming.State.QUARANTINED
    incoming.save(update_fields=["read_at", "state"])
    _route(incoming, now)
    return True


def _route(incoming: Incoming, now: datetime) -> None:
    """What is certain is delivered; for everything else a person decides."""
    guesses = list(incoming.guesses.select_related("appeal"))
    certain = [guess for guess in guesses if guess.is_certain]
    if not certain:
        quarantine(incoming, (SEVERAL if len(guesses) > 1 else UNSURE) if guesses else NOBODY)
    for guess in certain:
        deliver(incoming, guess.appeal, by=RULE, now=now)
