"""Some sender processes that send so many letters together, and what that took."""

import os
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bench.sink import Sink

Client = Callable[[str, range, int], Callable[[], int]]
"""Given a server's address, the numbers of the letters and how many connections: what sends them and says how many were
taken. What is done before that is not measured."""

fresh = get_context("forkserver")  # as workers are: without what this process has in its memory
fresh.set_forkserver_preload(["bench.clients", "bench.road"])


@dataclass(frozen=True, slots=True)
class Sending:
    """`seconds`: from the word go to the last letter. `sender_cpu`, `sink_cpu`, `database_cpu`: processor seconds.
    `peak`: the most memory that the senders had, together, in MB. `fold_cpu`: what the database needed afterwards.
    """

    letters: int
    seconds: float
    sender_cpu: float
    sink_cpu: float
    peak: float
    database_cpu: float = 0.0
    fold_cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.letters / self.seconds

    @property
    def cpu(self) -> float:
        """Processor seconds of senders, sink and database for a thousand letters."""
        return (self.sender_cpu + self.sink_cpu + self.database_cpu) / self.letters * 1000


def send(
    client: Client,
    sink: Sink,
    letters: int,
    *,
    processes: int = 2,
    connections: int = 8,
    database: Callable[[], float] = lambda: 0.0,
) -> Sending:
    """Send with so many processes, each with so many connections. RuntimeError unless every letter was taken.

    `database`: the processor seconds that it has used so far.
    """
    share = letters // processes
    ours, senders = [], []
    for number in range(processes):
        here, there = fresh.Pipe()
        numbers = range(number * share, (number + 1) * share)
        senders.append(fresh.Process(target=_send, args=(there, client, sink.address, numbers, connections)))
        senders[-1].start()
        there.close()
        ours.append(here)
    try:
        _all(ours)
        before, stored, started = sink.cpu(), database(), time.perf_counter()
        for end in ours:
            end.send("go")
        results = _all(ours)
        seconds = time.perf_counter() - started
        stored = database() - stored
    finally:
        for sender in senders:
            sender.terminate()
            sender.join()
    cpu, peak, taken = (sum(values) for values in zip(*results, strict=True))
    if taken != share * processes:
        raise RuntimeError(f"{taken} letters of {share * processes} were taken")
    return Sending(share * processes, seconds, cpu, sink.cpu() - before, peak, stored)


def _all(ends: list[Connection]) -> list[tuple[float, float, int]]:
    results = [end.recv() for end in ends]
    for result in results:
        if isinstance(result, str):
            raise RuntimeError(result)
    return results


def _send(end: Connection, client: Client, address: str, numbers: range, connections: int) -> None:
    """One sender process: gets ready, waits for the word, sends, and tells what it took."""
    try:
        run = client(address, numbers, connections)
        end.send((0.0, 0.0, 0))
        end.recv()
        before = time.process_time()
        taken = run()
        cpu, peak = time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        end.send((cpu, peak, taken))
    except BaseException:
        end.send(traceback.format_exc())
    finally:
        end.close()
        os._exit(0)
