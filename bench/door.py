"""The webhook: in this process, and as the product serves it, with several servers of a provider posting at once."""

import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psutil

from bench import told
from bench.figure import Figure
from channels.fakes.sendgrid_events import Bell
from channels.http_line import NoConnection
from channels.http_lines import HttpLines

AT_ONCE = 4  # posts under way
PATIENCE = 60.0  # seconds
LARGE = 100 * 1024 * 1024
PIECE = b" " * 1024 * 1024


def knock(bell: Bell, post: told.Post) -> None:
    """Post to the door in this process, with all that stands before it but the network. RuntimeError if refused."""
    from django.conf import settings
    from django.test import Client

    settings.SENDGRID_EVENTS_KEYS = [bell.public_key]
    body, headers = post
    own = {name: value for name, value in headers.items() if name != "Content-Type"}
    answer = Client(SERVER_NAME="127.0.0.1").post(told.PATH, body, content_type=headers["Content-Type"], headers=own)
    if answer.status_code != 204:
        raise RuntimeError(f"the door answered {answer.status_code}")


def figures(bell: Bell, letters: int, burst: int) -> list[Figure]:
    """How long posts of a thousand events wait for their answer while as many as that come and a worker reads them."""
    told.prepare(letters)
    posts = [post for _, post in zip(range(burst), told.posts(bell, 0), strict=False)]
    with _web(bell) as (url, process):
        for post in posts[:AT_ONCE]:
            _asked(HttpLines(PATIENCE), url, *post)  # what is loaded with the first ones is not measured
        before = _memory(process)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            lines = HttpLines(PATIENCE)
            times = sorted(threads.map(lambda post: _asked(lines, url, *post), posts))
        grown = _memory(process) - before
        before = _memory(process)
        _push(url, LARGE)
        heavy = _memory(process) - before
    slowest = times[-1] if len(times) < 100 else statistics.quantiles(times, n=100)[-1]
    return [
        Figure("answer to a post of 1,000 events, p50", statistics.median(times) * 1000, "ms", "lower"),
        Figure("answer to a post of 1,000 events, p99", slowest * 1000, "ms", "lower", 500, 100),
        Figure("memory the web server grew by", grown / 1024**2, "MB", "lower", 64),
        Figure("memory a body of 100 MB cost it", heavy / 1024**2, "MB", "lower", 16),
    ]


def _asked(lines: HttpLines, url: str, body: bytes, headers: dict[str, str]) -> float:
    started = time.perf_counter()
    if (status := lines.ask("POST", url, headers, body).status) != 204:
        raise RuntimeError(f"the door answered {status}")
    return time.perf_counter() - started


def _push(url: str, size: int) -> None:
    """Push a body of so many bytes in, as far as the door takes it. RuntimeError if it is not refused."""
    where = urlsplit(url)
    head = f"POST {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Length: {size}\r\n\r\n"
    with socket.create_connection((where.hostname, where.port), PATIENCE) as line:
        line.sendall(head.encode())
        with suppress(OSError):  # it hangs up in the middle
            for _ in range(size // len(PIECE)):
                line.sendall(PIECE)
        if b" 413 " not in line.recv(100):
            raise RuntimeError("the door took a body that is too large")


@contextmanager
def _web(bell: Bell) -> Iterator[tuple[str, psutil.Process]]:
    """The product's own web server; where it takes events, and its process."""
    from config.roles import WEB, command

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "OUTREACH_SENDGRID_EVENTS_KEY": bell.public_key}
    own = command(WEB, "--host", "127.0.0.1", "--port", str(port))
    process = subprocess.Popen(own, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}{told.PATH}", psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            HttpLines(PATIENCE).ask("GET", url, {})
            return
        except NoConnection:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _memory(process: psutil.Process) -> int:
    """Of the server and the processes it has started."""
    return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)])
