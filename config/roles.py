"""The roles of an installation. `outreach up` runs them all; in production each is a container or unit of its own."""

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """One process of the product: the arguments of `outreach` that start it, and how long it may take to stop."""

    name: str
    arguments: tuple[str, ...]
    patience: float  # seconds


QUEUES = ("addressees", "transactional", "bulk", "events")
MIGRATE = Role("migrate", ("migrate",), 60)
WEB = Role("web", ("web",), 10)
WORKER = Role("worker", ("worker", "--queues", ",".join(QUEUES)), 30)
CLOCK = Role("clock", ("clock",), 15)
MAIL = Role("mail", ("mail",), 10)
RUNNING = (WEB, WORKER, CLOCK)  # in the order of starting; they stop in the reverse order
IF_WANTED = (MAIL,)  # runs where OUTREACH_MAIL_LISTEN is set


def command(role: Role, *more: str) -> list[str]:
    """The command line of a role on this machine."""
    return [sys.executable, "-m", "config", *role.arguments, *more]


def become_web(host: str, port: int) -> None:
    """Turn this process into the web server. WEB_PROCESSES × WEB_THREADS requests are answered at once."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    size = ["--workers", os.environ.get("WEB_PROCESSES", "1"), "--blocking-threads", os.environ.get("WEB_THREADS", "4")]
    steady = ["--respawn-failed-workers", "--workers-kill-timeout", str(int(WEB.patience))]
    become("granian", *options, *size, *steady, "config.wsgi:application")


def become_worker(queues: list[str]) -> None:
    """Turn this process into a worker of these queues. WORKER_PROCESSES × WORKER_THREADS messages are done at once."""
    size = ["--processes", os.environ.get("WORKER_PROCESSES", "1"), "--threads", os.environ.get("WORKER_THREADS", "4")]
    drain = ["--worker-shutdown-timeout", str(int((WORKER.patience - 5) * 1000))]
    os.environ.setdefault("dramatiq_queue_prefetch", "100")
    become("dramatiq", *size, *drain, "--skip-logging", "config.worker", "--queues", *queues)


def become(module: str, *arguments: str) -> None:
    """Never returns: this process becomes another Python program."""
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])
