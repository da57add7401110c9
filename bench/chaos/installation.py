"""An `outreach up` of its own: the real supervisor with real processes, and a hand on each of them."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.chaos.processes import is_alive, kill_all
from config.embedded.folder import ROOT, Folder
from config.embedded.root import Way, launcher
from config.embedded.servers import Servers

OUTREACH = [sys.executable, "-m", "config"]
LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PYTEST_XDIST_WORKER", "DJANGO_SETTINGS_MODULE")
PARTS = ("postgres", "valkey", "web", "worker", "clock")


class Installation:
    """Starts when it is made, and stops when this process ends. `said` is what it has printed so far."""

    def __init__(self, folder: Folder) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.path.with_suffix(".log")
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.environment = {**kept, "OUTREACH_DATA": str(folder.path)}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*launcher(Way.PLAIN, signal.SIGTERM), *OUTREACH, "up", "--port", str(self.port)],
                stdout=log,
                stderr=log,
                **self.surroundings,
            )

    @property
    def surroundings(self) -> dict[str, Any]:
        """How every process of it is started."""
        return {"cwd": ROOT, "env": self.environment, "stdin": subprocess.DEVNULL}

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def is_open(self) -> bool:
        """Whether it has told where to look at it."""
        return "| open http://" in self.said

    @property
    def answers(self) -> bool:
        """Whether its page does."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def child(self, name: str) -> psutil.Process | None:
        """The process that plays a role now, by its trace."""
        try:
            process = psutil.Process(int((self.folder.path / "pids" / name).read_text().split()[0]))
        except (FileNotFoundError, IndexError, psutil.NoSuchProcess):
            return None
        return process if is_alive(process) else None

    def kill(self, name: str) -> int | None:
        """End a role and whatever it has started with -9, at once. Its number; None if it does not run now."""
        if not (victim := self.child(name)):
            return None
        with suppress(ProcessLookupError):
            os.killpg(victim.pid, signal.SIGKILL)
        return victim.pid

    def is_whole(self) -> bool:
        """Whether every part of it runs, and the page answers."""
        return all(map(self.child, PARTS)) and self.answers

    def outreach(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What a command says while it runs."""
        return subprocess.run([*OUTREACH, *arguments], capture_output=True, text=True, timeout=60, **self.surroundings)

    def pull_the_plug(self) -> None:
        """End all of it with -9 at once, the supervisor first."""
        self.process.kill()
        self.process.wait()
        kill_all(self.folder)


def remove(folder: Folder) -> None:
    """End what still runs on a folder, and delete it."""
    kill_all(folder)
    Servers(folder).remove()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
