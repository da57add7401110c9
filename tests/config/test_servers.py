"""The embedded PostgreSQL and Valkey start cold, warm and after kill -9, in every way that this machine allows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from bench.chaos.processes import soon, using
from config.embedded import leftover, root
from config.embedded.child import CannotStart, Child
from config.embedded.claim import alone
from config.embedded.folder import ROOT, Folder
from config.embedded.root import Way
from config.embedded.servers import Servers

WAYS = [Way.PLAIN] if os.geteuid() else [Way.USERNS, Way.SETUID]


@pytest.fixture(autouse=True)
def _on_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path / "private" / "data")
    yield folder
    Servers(folder).remove()
    assert using(folder) == []


def write(folder: Folder) -> None:
    with psycopg.connect(folder.database_url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('Հայաստան')")
    redis.from_url(folder.redis_url).set("kept", "yes")


def read(folder: Folder) -> tuple[str, object]:
    with psycopg.connect(folder.database_url) as connection:
        row = connection.execute("SELECT upper(word) FROM kept").fetchone()
    return row[0] if row else "", redis.from_url(folder.redis_url).get("kept")


def child(member: object) -> Child:
    found = getattr(member, "child", None)
    assert isinstance(found, Child)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_what_was_written_survives_a_stop_and_a_kill(folder: Folder, way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        monkeypatch.setenv("OUTREACH_PG_ROOT", way)
        if way is Way.USERNS and not user_namespaces_work():
            pytest.skip("this kernel refuses user namespaces")
    cold = Servers(folder)
    cold.start()
    write(folder)
    cold.stop()

    warm = Servers(folder)
    warm.start()
    assert read(folder) == ("ՀԱՅԱՍՏԱՆ", b"yes")
    for member in warm.members:
        child(member).process.kill()
    for member in warm.members:
        member.start()
    assert read(folder) == ("ՀԱՅԱՍՏԱՆ", b"yes")
    warm.stop()


def user_namespaces_work() -> bool:
    return subprocess.run([*root.launcher(Way.USERNS, 0), "/bin/true"], capture_output=True).returncode == 0


def test_nothing_is_left_when_the_process_that_started_them_is_killed_and_the_next_start_is_fine(
    folder: Folder,
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"ready\n"
    assert len(using(folder)) >= 3
    holder.kill()
    holder.wait()

    again = Servers(folder)
    again.start()
    assert all(member.answers() for member in again.members)
    again.stop()
    assert soon(lambda: not using(folder))


HOLD = """
import sys, time
from pathlib import Path
from config.embedded.folder import Folder
from config.embedded.servers import Servers
Servers(Folder(Path(sys.argv[1]))).start()
print("ready", flush=True)
time.sleep(60)
"""


def test_a_half_made_cluster_is_made_anew(folder: Folder) -> None:
    (folder.path / "pg18.draft").mkdir(parents=True)
    (folder.path / "pg18.draft" / "PG_VERSION").write_text("18")
    servers = Servers(folder)
    servers.start()
    assert all(member.answers() for member in servers.members)


def test_a_folder_that_somebody_uses_is_refused_with_a_sentence(folder: Folder) -> None:
    with alone(folder), pytest.raises(CannotStart, match="in use by outreach up"), alone(folder):
        pass


def test_sockets_in_a_folder_open_to_others_are_refused(folder: Folder) -> None:
    folder.sockets.mkdir()
    folder.sockets.chmod(0o755)
    with pytest.raises(CannotStart, match="open to others"):
        Servers(folder).start()


def test_a_missing_program_is_a_sentence(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.embedded.valkey.find_spec", lambda name: None)
    with pytest.raises(CannotStart, match="set REDIS_URL"):
        Servers(folder).start()


def test_a_dead_postmaster_that_nobody_collects_is_forgotten(tmp_path: Path) -> None:
    uncollected = subprocess.Popen(["true"])
    assert soon(lambda: leftover.is_zombie(uncollected.pid))
    (tmp_path / "postmaster.pid").write_text(f"{uncollected.pid}\n{tmp_path}\n")
    leftover.forget_dead_postmaster(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()
    uncollected.wait()


def test_a_living_postmaster_is_never_forgotten(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    leftover.forget_dead_postmaster(tmp_path)
    assert (tmp_path / "postmaster.pid").exists()
