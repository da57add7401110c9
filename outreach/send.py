"""Sending what is due. A Dramatiq message is only a hint that a channel has work; losing it, or getting it twice, costs
nothing but time, because whoever claims a row sends it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from time import monotonic, sleep

import dramatiq
from django.conf import settings

from campaigns.ladder import SUPPORTERS
from campaigns.moment import now, real_seconds
from channels.answer import Answer
from channels.http_wire import HttpWire
from channels.wire import Wire, configured
from outreach.bulk import drain_chunks
from outreach.chunk_claim import next_chunk_due
from outreach.chunk_fold import fold_done
from outreach.claim import LEASE, claim, next_due
from outreach.delivery import Delivery
from outreach.desk import desks
from outreach.digest import enclosed, parcels, rebind
from outreach.hint import give_hint
from outreach.memory import LASTING
from outreach.pace import is_limited
from outreach.settle import intend, put_back, settle
from outreach.writing import written

WORKING_TIME = 40.0  # seconds of one hint's work; under the actor's limit and the broker's heartbeat
TIME_LIMIT = 50_000
SOON = 1.0  # seconds; the clock hints about as often
BREATH = 0.05


@dramatiq.actor(queue_name="addressees", time_limit=TIME_LIMIT)
def send_letters(channel: str) -> None:
    """Send what is due on one channel to addressees, groups and the public."""
    drain(channel, bulk=False)


@dramatiq.actor(queue_name="bulk", time_limit=TIME_LIMIT)
def send_bulk(channel: str) -> None:
    """Send what is due on one channel to supporters."""
    drain(channel, bulk=True)


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def fold_chunks() -> None:
    """Bring what was answered about chunks into their deliveries."""
    fold_done(now())


def drain(channel: str, *, bulk: bool) -> int:
    """Claim and send until nothing is left or the time of one hint is over. Answers how many were on the wire."""
    wire, started, sent = wire_of(channel), monotonic(), 0
    while monotonic() - started < WORKING_TIME:
        looked_at = now()
        claimed = claim(channel, looked_at, datetime.now(UTC), bulk=bulk, limit=wire.batch)
        if claimed.found:
            sent += send(claimed, wire)
            continue
        poured = drain_chunks(channel, wire, lambda: monotonic() - started < WORKING_TIME) if bulk else 0
        if not poured and not _more_comes_soon(channel, looked_at, bulk=bulk):
            break
        sent += poured
    return sent


def _more_comes_soon(channel: str, looked_at: datetime, *, bulk: bool) -> bool:
    """Where a rate spreads what is due: wait for the next one if it is but a moment away, as a hint would be late.

    `looked_at`: when nothing was due. What has become due since is the next one, too.
    """
    if not is_limited(channel):
        return False
    coming = (next_due(channel, looked_at, bulk=bulk), next_chunk_due(channel, looked_at) if bulk else None)
    wait = min((real_seconds(at - now()) for at in coming if at), default=SOON)
    if wait >= SOON:
        return False
    sleep(max(BREATH, wait))
    return True


def send(claimed: Sequence[Delivery], wire: Wire) -> int:
    """Write, intend, send and settle, few at a time, so that a crash leaves few unknown; no transaction is open."""
    at_desk, sent = desks(claimed, now()), 0
    lease_ends = monotonic() + LEASE.total_seconds() - _margin(wire)
    for part in _parts(parcels(claimed), wire.in_flight):
        if monotonic() > lease_ends:
            put_back(part, now())
            continue
        letters = {each.pk: letter for each in part if (letter := written(each, at_desk[each.campaign_id], now()))}
        going = intend([each for each in part if each.pk in letters], now(), wire.name)
        rebind(going)
        ready = parcels(going)
        answers = wire.send([enclosed(parcel, [letters[each.pk] for each in parcel]) for parcel in ready])
        settle([each for parcel in ready for each in parcel], list(_for_each(ready, answers)), now())
        sent += len(ready)
    return sent


def wire_of(channel: str) -> Wire:
    """The wire this installation uses for a channel; the outbox if none is set. What it remembers lasts."""
    wire = configured(channel, settings.CHANNELS.get(channel))
    if isinstance(wire, HttpWire):
        wire.memory = LASTING
    return wire


def hint(deliveries: "Iterator[tuple[str, str]] | Sequence[tuple[str, str]]") -> None:
    """Tell workers which (channel, audience) have work. A broker that is away loses nothing: the clock hints again."""
    wanted = {(channel, audience == SUPPORTERS) for channel, audience in deliveries}
    for channel, bulk in sorted(wanted):
        if not give_hint(send_bulk if bulk else send_letters, channel):
            return


def _margin(wire: Wire) -> float:
    """Seconds of a lease to keep for what is on the wire."""
    return min(wire.takes(wire.in_flight), LEASE * 0.9).total_seconds()


def _parts(parcels: Sequence[list[Delivery]], size: int) -> Iterator[list[Delivery]]:
    """The deliveries of so many messages at a time."""
    rest = iter(parcels)
    while part := list(islice(rest, size)):
        yield [each for parcel in part for each in parcel]


def _for_each(sent: Sequence[list[Delivery]], answers: Sequence[Answer]) -> Iterator[Answer]:
    """What was answered for a message, for each delivery in it."""
    for parcel, answer in zip(sent, answers, strict=True):
        yield from [answer] * len(parcel)
