"""`outreach up` on a machine without an operator: what dies comes back, and nothing is left at the end."""

import signal
from collections.abc import Iterator

import pytest

from bench.chaos.installation import Installation, free_port, remove
from bench.chaos.processes import soon, using
from config.embedded.folder import Folder

pytestmark = pytest.mark.timeout(150)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    folder = Folder(tmp_path_factory.mktemp("up") / "data")
    yield folder
    remove(folder)


@pytest.fixture(scope="module")
def up(folder: Folder) -> Iterator[Installation]:
    running = Installation(folder)
    assert soon(lambda: running.is_open or running.process.poll() is not None, 60), running.said
    yield running
    running.process.kill()
    running.process.wait()


def test_the_first_start_prints_the_address_and_the_page_answers(up: Installation) -> None:
    assert f"open http://127.0.0.1:{up.port}" in up.said
    assert up.answers


@pytest.mark.parametrize("name", ["web", "worker", "clock", "valkey", "postgres"])
def test_what_is_killed_comes_back_and_the_page_answers(up: Installation, name: str) -> None:
    before = up.child(name)
    assert before
    before.kill()
    assert soon(lambda: (now := up.child(name)) and now.pid != before.pid), up.said
    assert soon(lambda: up.answers), up.said
    assert f"{name} ended (SIGKILL) and is started again" in up.said


def test_a_command_uses_the_servers_that_run(up: Installation) -> None:
    done = up.outreach("manage", "check", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert up.answers


def test_a_second_one_on_the_same_folder_is_refused_with_a_sentence(up: Installation) -> None:
    done = up.outreach("up", "--port", str(free_port()))
    assert done.returncode == 1
    assert "in use by outreach up" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_refused_with_a_sentence(up: Installation) -> None:
    done = up.outreach("up", "--port", str(up.port))
    assert done.returncode == 1
    assert f"Port {up.port} cannot be used" in done.stderr
    assert f"--port {up.port + 1}" in done.stderr


def test_ctrl_c_ends_everything_in_order(up: Installation) -> None:
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(40) == 0, up.said
    assert up.said.rstrip().endswith("stopped")
    assert "was killed" not in up.said
    assert using(up.folder) == []


def test_killing_the_supervisor_leaves_no_process_and_the_next_start_is_fine(up: Installation, folder: Folder) -> None:
    again = Installation(folder)
    assert soon(lambda: again.is_open, 60), again.said
    again.process.kill()
    again.process.wait()
    assert soon(lambda: not using(folder), 40), using(folder)

    done = again.outreach("manage", "check", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert using(folder) == []
