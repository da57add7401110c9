"""The `outreach` command starts only what a command needs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bench.chaos.processes import using
from config import command
from config.embedded.folder import ROOT, Folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Ours, but with servers and data of its own."""
    left_out = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "OUTREACH_DATA": str(folder), **more}


def outreach(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


def test_help_starts_no_server(tmp_path: Path) -> None:
    done = outreach("--help", env=environment(tmp_path / "data"))
    assert done.returncode == 0
    assert "Run everything on this machine" in done.stdout
    assert not (tmp_path / "data" / "pg18").exists()


def test_commands_at_the_same_time_share_the_servers_that_the_first_one_started(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    ask = [sys.executable, "-m", "config", "manage", "migrate", "--check"]
    three = [subprocess.Popen(ask, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(60) for process in three] == [0, 0, 0]
    assert using(Folder(tmp_path / "data")) == []


def test_a_production_setting_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    done = outreach(
        "manage", "check", env=environment(tmp_path, DATABASE_URL="postgresql://db/x", REDIS_URL="redis://x")
    )
    assert done.returncode == 1
    assert done.stderr.startswith("outreach: SECRET_KEY is not set")


def test_an_unknown_queue_is_refused_before_anything_starts(tmp_path: Path) -> None:
    done = outreach("worker", "--queues", "letters", env=environment(tmp_path))
    assert done.returncode == 2
    assert "there is no queue 'letters'" in done.stderr


def test_only_a_command_that_runs_and_is_not_pure_opens_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []

    @contextmanager
    def database() -> Iterator[None]:
        events.append("open")
        yield
        events.append("close")

    app = typer.Typer()
    app.command("status")(lambda: events.append("status"))
    app.command("check")(lambda: events.append("check"))
    monkeypatch.setattr(command, "database", database)
    command.give_database(app, frozenset({"check"}))

    for arguments in (["status", "--help"], ["status", "--wrong"], ["check"], ["status"]):
        CliRunner().invoke(app, arguments)
    assert events == ["check", "open", "status", "close"]
