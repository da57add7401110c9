"""`./dev bench signups`: how fast people can sign, beside the least that a server could do with a form."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from bench.bare_signups import TABLE
from bench.database import Database
from bench.figure import Figure
from bench.forms import SIGN, form
from bench.interleave import interleaved, middle
from bench.load import Load, load
from bench.waits import Waits
from bench.web import granian, the_web

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, and seconds of each."""

    rounds: int
    seconds: float


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Sign-ups a second beside bare INSERTs, how long the slowest wait, and whether they wait for each other."""
    size = Size(1, 0.5) if quick else Size(5, 5.0)
    with Database(), _ours() as our_port, _bare() as bare_port:
        ours = partial(load, our_port, SIGN, form, CONNECTIONS, size.seconds, 303)
        bare = partial(load, bare_port, "/", form, CONNECTIONS, size.seconds, 200)
        with Waits("outreach_signup") as waits:
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


def _kept() -> int:
    from outreach.signup import Signup

    return Signup.objects.count()


@contextmanager
def _ours() -> Iterator[int]:
    """The product's own web role, with a campaign to sign."""
    from bench.campaign import the_campaign

    the_campaign()
    with the_web() as port:
        yield port


@contextmanager
def _bare() -> Iterator[int]:
    """A server that does nothing but keep what was posted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    with granian("bench.bare_signups:application", "--interface", "asgi") as port:
        yield port
