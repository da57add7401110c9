"""A fake of the web as a process, told what to do over HTTP.

POST /_fake/rules: a JSON object with the fields of `WebRule`; DELETE /_fake/rules: back to normal;
GET /_fake/summary: what it has taken.
"""

import argparse
import signal
import threading
from collections.abc import Callable, Sequence

from channels.fakes.web import WebFake


def run(fake: Callable[..., WebFake], port: int, arguments: Sequence[str] | None = None, **options: str) -> None:
    """Run until interrupted or terminated. `port`: if none is given. `options`: what else it takes, with its help."""
    parser = argparse.ArgumentParser(description="A provider on loopback that sends nothing on.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=port, help="0 for any free one")
    for name, meaning in options.items():
        parser.add_argument(f"--{name}", default="", help=meaning)
    chosen = vars(parser.parse_args(arguments))
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with fake(**chosen) as running:
        print(f"{running.name} answers at {running.address}", flush=True)
        stopped.wait()
