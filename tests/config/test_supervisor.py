"""`outreach up` on a machine without an operator: what dies comes back, and nothing is left at the end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from config.embedded.folder import ROOT, Folder
from config.embedded.servers import Servers
from tests.config.processes import soon, using

pytestmark = pytest.mark.timeout(150)
LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PYTEST_XDIST_WORKER", "DJANGO_SETTINGS_MODULE")


class Up:
    """An `outreach up` of its own, with what it has said so far."""

    def __init__(self, folder: Folder) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.path.with_suffix(".log")
        self.environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.environment["OUTREACH_DATA"] = str(folder.path)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*OUTREACH, "up", "--port", str(self.port)], stdout=log, stderr=log, **self.surroundings
            )

    @property
    def surroundings(self) -> dict[str, Any]:
        return {"cwd": ROOT, "env": self.environment, "stdin": subprocess.DEVNULL}

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def child(self, name: str) -> psutil.Process | None:
        """The direct child that plays a role, by its trace."""
        trace = self.folder.path / "pids" / name
        number = int(trace.read_text().split()[0]) if trace.exists() and trace.read_text() else 0
        return psutil.Process(number) if number and psutil.pid_exists(number) else None

    def outreach(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*OUTREACH, *arguments], capture_output=True, text=True, timeout=60, **self.surroundings)


OUTREACH = [sys.executable, "-m", "config"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    folder = Folder(tmp_path_factory.mktemp("up") / "data")
    yield folder
    for process in using(folder):
        process.kill()
    Servers(folder).remove()


@pytest.fixture(scope="module")
def up(folder: Folder) -> Iterator[Up]:
    running = Up(folder)
    assert soon(lambda: "| open http://" in running.said or running.process.poll() is not None, 60), running.said
    yield running
    running.process.kill()
    running.process.wait()


def test_the_first_start_prints_the_address_and_the_page_answers(up: Up) -> None:
    assert f"open http://127.0.0.1:{up.port}" in up.said
    assert up.answers


@pytest.mark.parametrize("name", ["web", "worker", "clock", "valkey", "postgres"])
def test_what_is_killed_comes_back_and_the_page_answers(up: Up, name: str) -> None:
    before = up.child(name)
    assert before
    before.kill()
    assert soon(lambda: (now := up.child(name)) and now.pid != before.pid), up.said
    assert soon(lambda: up.answers), up.said
    assert f"{name} ended (SIGKILL) and is started again" in up.said


def test_a_command_uses_the_servers_that_run(up: Up) -> None:
    done = up.outreach("manage", "check", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert up.answers


def test_a_second_one_on_the_same_folder_is_refused_with_a_sentence(up: Up) -> None:
    done = up.outreach("up", "--port", str(free_port()))
    assert done.returncode == 1
    assert "in use by outreach up" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_refused_with_a_sentence(up: Up) -> None:
    done = up.outreach("up", "--port", str(up.port))
    assert done.returncode == 1
    assert f"Port {up.port} cannot be used" in done.stderr
    assert f"--port {up.port + 1}" in done.stderr


def test_ctrl_c_ends_everything_in_order(up: Up) -> None:
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(40) == 0, up.said
    assert up.said.rstrip().endswith("stopped")
    assert "was killed" not in up.said
    assert using(up.folder) == []


def test_killing_the_supervisor_leaves_no_process_and_the_next_start_is_fine(up: Up, folder: Folder) -> None:
    again = Up(folder)
    assert soon(lambda: "| open http://" in again.said, 60), again.said
    again.process.kill()
    again.process.wait()
    assert soon(lambda: not using(folder), 40), using(folder)

    done = again.outreach("manage", "check", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert using(folder) == []
