"""`./dev bench attack`: a hundred thousand sign-ups, a twentieth of them by one attacker; is anything lost or wrong?"""

import multiprocessing
import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bench.campaign import the_campaign
from bench.database import Database
from bench.figure import Figure

START = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=1)
EVERY = 20  # one in so many is the attacker's
AGAIN = 10  # one in so many presses the button twice
WORKERS = 2
JUNK = "junk.example"
Work = Callable[[int], None]
AtOnce = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there at the end, beside what was sent. Spans in seconds."""

    people: int
    attackers: int
    signatures: int
    counted_before: int
    previewed: int
    taken_out: int
    wrongly: int
    counted_after: int
    counted_undone: int
    reading: float
    taking_out: float

    @property
    def lost(self) -> int:
        return max(0, self.people + self.attackers - self.signatures)

    @property
    def changed(self) -> int:
        return abs(self.counted_undone - self.counted_before)

    @property
    def twice(self) -> int:
        return max(0, self.counted_before - self.people - self.attackers)


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """What was lost, counted twice or taken out wrongly, and how long it took."""
    with Database():
        seen = attacked(the_campaign(), 400 if quick else 100_000, in_processes)
    sent = seen.people + seen.attackers
    return [
        Figure("people's and attacker's sign-ups", float(sent), "", "higher"),
        Figure("lost", float(seen.lost), "", "lower", 0, 0),
        Figure("counted twice", float(seen.twice), "", "lower", 0, 0),
        Figure("of the attack, not in the batch", float(seen.attackers - seen.taken_out), "", "lower", 0, 0),
        Figure("in the batch and not of the attack", float(seen.wrongly), "", "lower", 0, 0),
        Figure("count changed by taking out and undoing", float(seen.changed), "", "lower", 0, 0),
        Figure("forms read", sent / seen.reading, "forms/s", "higher"),
        Figure("signatures taken out", seen.taken_out / seen.taking_out, "/s", "higher"),
    ], ["everybody confirms, the attacker too, who comes from many networks and stays below every limit"]


def attacked(campaign: Any, number: int, at_once: AtOnce) -> Seen:
    """`number` sign, some twice, an attacker among them; two workers read; the attack is taken out and put back.

    `at_once`: does a work for each of WORKERS, all at the same time.
    """
    from campaigns.invalidation import invalidate, preview
    from campaigns.signature import Signature
    from campaigns.suspects import Suspects
    from campaigns.tally import count

    addresses = [f"bot{n}@{JUNK}" if n % EVERY == 0 else f"person{n}@people{n % 997}.example" for n in range(number)]
    at_once(partial(_send, campaign, addresses))
    began, end = time.perf_counter(), START + SPAN
    at_once(partial(_read, end))
    reading = time.perf_counter() - began
    at_once(partial(_confirm, campaign, end))
    before, meant = count(campaign.pk), Suspects(domain=JUNK)
    previewed, began = preview(campaign, meant, end).number, time.perf_counter()
    batch = invalidate(campaign, meant, reason="One attacker", author="bench", now=end)
    took = time.perf_counter() - began
    wrongly = batch.signatures.exclude(supporter__email_domain=JUNK).count()
    after = count(campaign.pk)
    batch.undo("bench", end)
    attackers = len(range(0, number, EVERY))
    signatures = Signature.objects.filter(campaign=campaign).count()
    return Seen(
        number - attackers, attackers, signatures, before, previewed, batch.number, wrongly, after, count(campaign.pk),
        reading, took,
    )  # fmt: skip


def _send(campaign: Any, addresses: list[str], worker: int) -> None:
    """Shuffled over a day, the same each time; each worker sends every other one."""
    from outreach.signup import Form, keep

    order = addresses + addresses[::AGAIN]
    dice = random.Random(20230428)
    dice.shuffle(order)
    for place, address in enumerate(order):
        network = f"{dice.randrange(10_000):032x}"
        if place % WORKERS == worker:
            keep(campaign.pk, Form("Somebody", address, "en"), network, START + SPAN * place / len(order))


def _read(now: datetime, worker: int) -> None:
    from outreach.signing import read_some

    while read_some(now):
        pass


def _confirm(campaign: Any, now: datetime, worker: int) -> None:
    """Everybody presses the button, one in ten twice."""
    from campaigns.supporter import Supporter
    from outreach.confirming import confirm

    people = list(Supporter.objects.filter(campaign=campaign).order_by("pk"))
    for place, person in enumerate([*people, *people[::AGAIN]]):
        if place % WORKERS == worker:
            confirm(person, now)


def in_threads(work: Work) -> None:
    """Each with a connection of its own."""
    from django.db import connection

    def alone(worker: int) -> None:
        try:
            work(worker)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(alone, range(WORKERS)))


def in_processes(work: Work) -> None:
    """Each in a process of its own, as workers are: Python's threads would share one core."""
    from django.db import connection

    connection.close()  # no child may use ours
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("fork")) as pool:
        list(pool.map(work, range(WORKERS)))
