"""`./dev bench events`: how fast a provider's news is taken and counts, beside the least that keeping it costs."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import psutil

from bench import door, told
from bench.database import Database
from bench.figure import Figure
from channels.fakes.sendgrid_events import Bell

NOTE = (
    "news of letters to supporters, each told once: taken, delivered, every other opened; one process at the door, one "
    "reading; the reference is COPY of the very rows that this left in outreach_report, with the same indexes; "
    "all it writes: those, a new version of each letter, and an event of each"
)
REPORTS, LETTERS = "outreach_report", ("outreach_delivery", "outreach_event")
PATIENCE = 0.005  # seconds between two looks
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Round:
    """Events a second: ours; what COPY makes of the reports, with and without their indexes, and of all rows that were
    written; and how much memory the reader had afterwards, in bytes.
    """

    ours: float
    indexed: float
    plain: float
    everything: float
    memory: int


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Rounds of news, each beside its COPY; then the door under a burst, as the product runs it."""
    rounds, letters, burst = (2, 400, 1) if quick else (10, 40_000, 400)
    bell = Bell()
    with Database(), _reader() as reader:
        measured = [_round(bell, number, letters, reader) for number in range(rounds)]
        of_door = door.figures(bell, letters, burst)
    first, *_, last = measured
    return [
        Figure("taken and counted ÷ COPY", _share(measured, "indexed"), "×", "higher", 0.5),
        Figure("the same ÷ COPY of all it writes", _share(measured, "everything"), "×", "higher"),
        Figure("the same ÷ COPY without indexes", _share(measured, "plain"), "×", "higher"),
        Figure("taken and counted", median(each.ours for each in measured), "events/s", "higher"),
        Figure("memory after all ÷ after the first tenth", last.memory / first.memory, "×", "lower", 1.1),
        *of_door,
    ], [NOTE]


def _share(measured: list[Round], of: str) -> float:
    return median(each.ours / getattr(each, of) for each in measured)


@contextmanager
def _reader() -> Iterator[psutil.Process]:
    """A process that does what a worker does when it is told that there is news."""
    from django.db import connections

    connections.close_all()  # each of the two opens its own
    process = FORK.Process(target=_read_on, daemon=True)
    process.start()
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.join()


def _read_on() -> None:
    from outreach.hear import has_news, hear

    while True:
        if has_news():
            hear()
        time.sleep(PATIENCE)


def _round(bell: Bell, number: int, letters: int, reader: psutil.Process) -> Round:
    from outreach.delivery import Delivery
    from outreach.hear import has_news
    from outreach.report import Report

    told.prepare(letters)
    posts = list(told.posts(bell, number))
    started = time.perf_counter()
    for post in posts:
        door.knock(bell, post)
    while has_news():
        time.sleep(PATIENCE)
    seconds = time.perf_counter() - started
    kept = Report.objects.filter(is_ours=True, folded_at__isnull=False).count()
    if (kept, Delivery.objects.filter(state="delivered").count()) != (int(letters * told.PER_LETTER), letters):
        raise RuntimeError(f"{kept} events of {letters * told.PER_LETTER:.0f} were kept")
    indexed, plain = told.copied(REPORTS, "INCLUDING ALL"), told.copied(REPORTS, "")
    everything = indexed + sum(told.copied(table, "INCLUDING ALL") for table in LETTERS)
    return Round(kept / seconds, kept / indexed, kept / plain, kept / everything, reader.memory_info().rss)
