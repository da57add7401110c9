"""How long one letter to one addressee takes, from `publish` to the mail server, when nothing else is to be done."""

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.figure import Figure
from bench.sink import Sink

PATIENCE = 30.0  # seconds
PAUSE = 0.7  # seconds between two letters; no multiple of the clock's period


def figures(quick: bool) -> list[Figure]:
    """The time that 95 of 100 letters keep."""
    with Sink() as sink, _running(sink):
        _one(0)  # what is loaded with the first one is not measured
        times = sorted(_one(number) for number in range(1, 3 if quick else 41))
    slowest = times[-1] if len(times) < 20 else statistics.quantiles(times, n=20)[-1]
    return [Figure("one letter, from publish to handed over, p95", slowest, "s", "lower", 2.0, 0.5)]


@contextmanager
def _running(sink: Sink) -> Iterator[None]:
    """A clock and a worker of the product's own, which send to the sink."""
    from config.roles import CLOCK, WORKER, command

    environment = {**os.environ, "OUTREACH_EMAIL": sink.address}
    roles = (CLOCK, WORKER)
    processes = [subprocess.Popen(command(role), env=environment, stderr=subprocess.DEVNULL) for role in roles]
    try:
        yield
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(PATIENCE)


def _one(number: int) -> float:
    from bench.campaign import to_one_addressee
    from campaigns.moment import now
    from outreach.begin import publish
    from outreach.delivery import Delivery

    time.sleep(PAUSE)
    campaign = to_one_addressee(number)
    started, until = time.perf_counter(), time.perf_counter() + PATIENCE
    publish(campaign, now())
    sent = Delivery.objects.filter(campaign=campaign, state="sent")
    while not sent.exists():
        if time.perf_counter() > until:
            raise RuntimeError("the letter was not sent")
        time.sleep(0.005)
    return time.perf_counter() - started
