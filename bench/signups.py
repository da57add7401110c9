"""`./dev bench signups`: how fast people can sign, beside the least that a server could do with a form."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial

from bench.bare_signups import TABLE
from bench.database import Database
from bench.figure import Figure
from bench.interleave import interleaved, middle
from bench.load import Load, load

CONNECTIONS = 16
SERVERS, THREADS = "2", "4"
PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, and seconds of each."""

    rounds: int
    seconds: float


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Sign-ups a second beside bare INSERTs, how long the slowest wait, and whether they wait for each other."""
    size = Size(1, 0.5) if quick else Size(5, 5.0)
    with Database(), _ours() as our_port, _bare() as bare_port:
        ours = partial(load, our_port, PATH, _form, CONNECTIONS, size.seconds, 303)
        bare = partial(load, bare_port, "/", _form, CONNECTIONS, size.seconds, 200)
        with _Waits() as waits:
            measured = interleaved(size.rounds, {"bare": bare, "ours": ours})
        kept = _kept()
    sent = sum(run.answered for run in measured["ours"])
    if kept < sent:
        raise RuntimeError(f"{sent} forms were taken and {kept} were kept")
    return _figures(measured, waits.most), ["bare: granian, ASGI, psycopg's pool, one INSERT; load from Python clients"]


def _figures(measured: dict[str, list[Load]], waiting: int) -> list[Figure]:
    rates = {name: middle(runs, lambda run: run.rate) for name, runs in measured.items()}
    slowest = middle(measured["ours"], lambda run: run.percentile(0.99) * 1000)
    return [
        Figure("bare INSERTs of a form", rates["bare"], "forms/s", "higher"),
        Figure("sign-ups kept and answered", rates["ours"], "forms/s", "higher"),
        Figure("the same ÷ bare INSERTs", rates["ours"] / rates["bare"], "×", "higher", 0.35, 0.60),
        Figure(f"their p99 under {CONNECTIONS} connections", slowest, "ms", "lower", 40, 20),
        Figure("sign-ups seen waiting for a row that another had locked", float(waiting), "", "lower", 0, 0),
    ]


PATH = "/c/road/en/sign"


def _form(number: int) -> bytes:
    """What a browser posts for one of many people."""
    email = f"person{number}.{os.getpid()}%40people.example"
    said = f"name=Alex+Person+{number}&email={email}&token={_token()}&updates=yes&public=no&country=AM&comment="
    return said.encode()


@cache
def _token() -> str:
    from outreach.public.form_token import form_token

    return form_token("road", datetime.now(UTC) - timedelta(minutes=1))


def _kept() -> int:
    from outreach.signup import Signup

    return Signup.objects.count()


@contextmanager
def _ours() -> Iterator[int]:
    """The product's own web role, with a campaign to sign."""
    from bench.campaign import the_campaign
    from config.roles import WEB, command

    the_campaign()
    port = _free_port()
    environment = {**os.environ, "WEB_PROCESSES": SERVERS, "WEB_THREADS": THREADS}
    with _running(command(WEB, "--port", str(port)), environment, f"http://127.0.0.1:{port}/healthz"):
        yield port


@contextmanager
def _bare() -> Iterator[int]:
    """A server that does nothing but keep what was posted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    port = _free_port()
    options = ["--interface", "asgi", "--port", str(port), "--workers", SERVERS, "--log-level", "error"]
    command = [sys.executable, "-m", "granian", *options, "bench.bare_signups:application"]
    with _running(command, dict(os.environ), f"http://127.0.0.1:{port}/"):
        yield port


@contextmanager
def _running(command: list[str], environment: dict[str, str], url: str) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(url)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=1).read()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class _Waits:
    """Looks, again and again, how many statements wait for a lock on a row."""

    def __enter__(self) -> "_Waits":
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        from django.db import connection

        while not self._over.wait(0.05):
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                self.most = max(self.most, cursor.fetchone()[0])
        connection.close()


WAITING = """
SELECT count(*) FROM pg_stat_activity
 WHERE wait_event_type = 'Lock' AND wait_event IN ('tuple', 'transactionid') AND query LIKE '%outreach_signup%'
"""
