"""How fast letters leave over SMTP: the whole road and our client, beside the least that one could do, and beside what
others use."""

from dataclasses import dataclass, replace
from functools import partial
from statistics import median

from bench import clients, road
from bench.database import Database
from bench.figure import Figure
from bench.interleave import interleaved, middle
from bench.sending import Sending, send
from bench.sink import Sink

PROCESSES, CONNECTIONS = 2, 8  # senders, and connections of each
ROUND_TRIP = 20.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Size:
    """How many letters for the whole road, a client that is fast, one that is slow, and one that waits; and how few
    and how many for the one whose memory must not grow.
    """

    rounds: int
    road: int
    fast: int
    slow: int
    waiting: int
    few: int
    many: int


FULL = Size(rounds=3, road=100_000, fast=20_000, slow=2_000, waiting=8_000, few=20_000, many=1_000_000)
QUICK = Size(rounds=1, road=200, fast=200, slow=20, waiting=64, few=100, many=400)


def figures(quick: bool, database: Database) -> tuple[list[Figure], list[str]]:
    """The figures, and which server they were taken with."""
    size = QUICK if quick else FULL
    with Sink() as sink, Sink(pipelining=False) as plain, Sink(delay=ROUND_TRIP) as far:
        few = _road(sink, size.few, database)  # supporters are only ever added: the fewest come first
        measured = interleaved(
            size.rounds,
            {
                "bare": partial(send, clients.bare, sink, size.road),
                "client": partial(send, clients.ours_prebuilt, sink, size.road),
                "road": partial(_road, sink, size.road, database),
                "django": partial(_django, sink, size.slow),
                "far": partial(send, clients.ours, far, size.waiting),
                "plain": partial(send, clients.ours_prebuilt, plain, size.fast),
                "smtplib": partial(send, clients.kept_smtplib, plain, size.fast),
            },
        )
        grown = _road(sink, size.many, database)
        notes = [f"sent to {sink.name}, with a round trip added to {far.name}"]
    return _figures(measured, few, grown, size), notes


def _road(sink: Sink, letters: int, database: Database) -> Sending:
    """From rows to answers; bringing the answers into the rows is done beside it, and so measured by itself."""
    road.prepare(letters)
    sending = send(road.sender, sink, letters, database=database.cpu)
    before = database.cpu()
    brought_in = road.fold()
    if brought_in != letters:
        raise RuntimeError(f"{brought_in} outcomes of {letters} were recorded")
    road.forget()
    return replace(sending, fold_cpu=database.cpu() - before)


def _django(sink: Sink, letters: int) -> Sending:
    road.prepare(letters)
    sending = send(road.django, sink, letters, processes=1, connections=1)
    road.forget()
    return sending


def _parts_of(runs: list[Sending]) -> list[Figure]:
    """Whose processor time it is."""
    parts = {"our senders": "sender_cpu", "the mail server": "sink_cpu", "PostgreSQL": "database_cpu"}
    return [
        Figure(f"of this, {who}", median(getattr(run, part) / run.letters * 1000 for run in runs), "s", "lower")
        for who, part in parts.items()
    ]


def _figures(measured: dict[str, list[Sending]], few: Sending, grown: Sending, size: Size) -> list[Figure]:
    rates = {name: middle(runs, lambda run: run.rate) for name, runs in measured.items()}
    cpu = {name: middle(runs, lambda run: run.cpu) for name, runs in measured.items()}
    fold = middle(measured["road"], lambda run: run.fold_cpu / run.letters * 1000)
    round_trip = rates["far"] / (PROCESSES * CONNECTIONS / ROUND_TRIP * 1000)
    one_by_one = rates["plain"] / rates["smtplib"]
    return [
        Figure("bare pipelined client", rates["bare"], "letters/s", "higher"),
        Figure("from ledger rows to outcomes", rates["road"], "letters/s", "higher"),
        Figure("the same ÷ bare pipelined client", rates["road"] / rates["bare"], "×", "higher", 0.50, 0.62),
        Figure("the same ÷ plain Django, state saved", rates["road"] / rates["django"], "×", "higher", 14, 18),
        Figure("the same, CPU for 1,000 letters, everything included", cpu["road"], "s", "lower", 0.17, 0.14),
        *_parts_of(measured["road"]),
        Figure("bringing 1,000 outcomes into their rows, CPU", fold, "s", "lower"),
        Figure("our client with prebuilt letters ÷ bare", rates["client"] / rates["bare"], "×", "higher"),
        Figure("bare, CPU for 1,000 letters, server included", cpu["bare"], "s", "lower"),
        Figure("with 20 ms round trip, share of connections ÷ round trip", round_trip, "×", "higher", 0.8, 0.95),
        Figure("without PIPELINING ÷ smtplib on as many connections", one_by_one, "×", "higher", 1.0, 2.0),
        Figure(f"memory of the senders after {size.many:,} letters", grown.peak, "MB", "lower", 200, 120),
        Figure(f"its growth from {size.few:,} letters", grown.peak - few.peak, "MB", "lower", 10, 2),
    ]
