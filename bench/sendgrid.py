"""How fast letters leave over SendGrid: our wire, beside a client that posts bodies which were built before."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bench import letters
from bench.figure import Figure
from bench.interleave import interleaved, middle
from channels.email import EMAIL
from channels.envelope import Envelope
from channels.http_lines import HttpLines
from channels.sendgrid import SendGrid
from channels.sendgrid_request import Manner, Request

TOGETHER = 500  # readers of one request


def figures(quick: bool) -> list[Figure]:
    """Recipients a second, many in a request and one in each, as shares of what the bare client reaches."""
    rounds, many, few = (1, 100, 20) if quick else (5, 10_000, 1_000)
    with _fake() as address:
        measured = interleaved(
            rounds,
            {
                "bare, many": _bare(address, many, together=TOGETHER),
                "ours, many": _ours(address, many, together=True),
                "bare, one": _bare(address, few, together=1),
                "ours, one": _ours(address, few, together=False),
            },
        )
    rates = {name: middle(runs, float) for name, runs in measured.items()}
    return [
        Figure("SendGrid, personalizations ÷ bare", rates["ours, many"] / rates["bare, many"], "×", "higher", 0.6, 0.8),
        Figure("SendGrid, one request each ÷ bare", rates["ours, one"] / rates["bare, one"], "×", "higher", 0.6, 0.8),
    ]


def _bare(address: str, count: int, *, together: int) -> Callable[[], float]:
    """One kept connection and bodies that were built before."""
    envelopes = [_envelope(number, is_shared=together > 1) for number in range(count)]
    groups = [envelopes[start : start + together] for start in range(0, count, together)]
    bodies = [Request(Manner(), tuple(range(len(group))), tuple(group)).body for group in groups]

    def run() -> float:
        wire = SendGrid(EMAIL, address)
        lines, headers = HttpLines(20.0), wire._headers()
        started = time.perf_counter()
        for body in bodies:
            if lines.ask("POST", f"{wire.base}/v3/mail/send", headers, body).status != 202:
                raise RuntimeError("the fake did not take it")
        rate = count / (time.perf_counter() - started)
        lines.close()
        return rate

    return run


def _ours(address: str, count: int, *, together: bool) -> Callable[[], float]:
    """Every letter filled in, and sent by the wire."""

    def run() -> float:
        wire = SendGrid(EMAIL, f"{address}?connections=4&in_flight={TOGETHER if together else 4}")
        started = time.perf_counter()
        for start in range(0, count, TOGETHER):
            part = [_envelope(number, is_shared=together) for number in range(start, min(count, start + TOGETHER))]
            _all_taken(wire, part)
        rate = count / (time.perf_counter() - started)
        wire.close()
        return rate

    return run


def _all_taken(wire: SendGrid, part: Sequence[Envelope]) -> None:
    from channels.answer import Receipt

    if not all(isinstance(answer, Receipt) for answer in wire.send(part)):
        raise RuntimeError("the fake did not take it")


def _envelope(number: int, *, is_shared: bool) -> Envelope:
    filled = letters.STENCIL.fill(letters.name(number), letters.links(number))
    assert filled is not None
    words = letters.STENCIL.whole(filled)
    return Envelope(
        key=letters.key(number),
        to=letters.address(number),
        to_name=letters.name(number),
        sender=letters.SENDER,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language="en",
        unsubscribe=f"https://road.example/leave/{letters.key(number)}",
        pattern=letters.STENCIL.pattern if is_shared else None,
        words=dict(zip(letters.STENCIL.marks, filled.words, strict=True)) if is_shared else {},
    )


@contextmanager
def _fake() -> Iterator[str]:
    """The shipped fake as a process of its own; its address."""
    command = [sys.executable, "-m", "channels.fakes.sendgrid", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.kill()
