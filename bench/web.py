"""Web servers as processes of their own: the product's, and those it is compared with."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

SERVERS, THREADS = "2", "4"
PATIENCE = 30.0  # seconds


@contextmanager
def the_web() -> Iterator[int]:
    """The product's own web role; its port."""
    from config.roles import WEB, command

    port = free_port()
    environment = {**os.environ, "WEB_PROCESSES": SERVERS, "WEB_THREADS": THREADS}
    with running(command(WEB, "--port", str(port)), environment, f"http://127.0.0.1:{port}/healthz"):
        yield port


@contextmanager
def granian(application: str, *options: str, path: str = "/", **environment: str) -> Iterator[int]:
    """Another application under the same server; its port. `path` answers once it is there."""
    port = free_port()
    size = ["--port", str(port), "--workers", SERVERS, "--log-level", "error"]
    command = [sys.executable, "-m", "granian", *options, *size, application]
    with running(command, {**os.environ, **environment}, f"http://127.0.0.1:{port}{path}"):
        yield port


@contextmanager
def running(command: list[str], environment: dict[str, str], url: str) -> Iterator[None]:
    """A process, from when `url` answers."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(url)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=1).read()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")
