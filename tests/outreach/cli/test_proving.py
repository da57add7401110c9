"""Evidence on the command line: written, checked, and kept as one hash."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from campaigns.hold import Hold
from config.embedded.folder import ROOT
from outreach.cli import app
from outreach.evidence.entry import Evidence
from outreach.evidence.sources import SOURCES
from tests.small_campaign import FRIDAY, draft, published

pytestmark = pytest.mark.django_db


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    """As on a stranger's machine: no settings, no database."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    command = [sys.executable, "-m", "config", "verify", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=60)


def test_a_file_is_written_and_verifies_and_a_changed_one_is_named_with_code_1(tmp_path):
    published()
    path = tmp_path / "bridge.zip"
    done = run("evidence", "bridge", "-o", str(path))
    assert done.exit_code == 0, done.output
    holds = verify(str(path), "--json")
    assert (holds.returncode, json.loads(holds.stdout)["holds"]) == (0, True)
    path.write_bytes(path.read_bytes().replace(b"Keep the bridge open", b"Keep the bridge shut", 1))
    broken = verify(str(path))
    assert broken.returncode == 1
    assert "chain.jsonl, entry 2: the hash of entry 1" in broken.stdout


def test_what_could_not_be_noted_is_said_and_ends_with_code_1(tmp_path, monkeypatch):
    def choke(marks):
        raise ValueError("no form for it")

    Hold.objects.place(campaign=published(), reason="talks", author="Mia", now=FRIDAY)
    monkeypatch.setitem(SOURCES, "hold", choke)
    done = run("evidence", "bridge", "-o", str(tmp_path / "bridge.zip"))
    assert done.exit_code == 1
    assert "could not be noted: ValueError: no form for it" in done.output


def test_verify_says_that_there_is_no_such_file(tmp_path):
    done = verify(str(tmp_path / "none.zip"))
    assert done.returncode == 2
    assert "none.zip" in done.stderr


def test_the_head_is_printed_to_be_kept_elsewhere(tmp_path):
    campaign = published()
    told = json.loads(run("evidence", "bridge", "--head", "--json").output)
    last = Evidence.objects.filter(campaign=campaign).last()
    assert (told["entries"], told["head"]) == (last.number, last.hash)
    assert run("evidence", "bridge", "--head").output.split()[:3] == ["bridge", str(last.number), last.hash]


def test_a_draft_has_nothing_to_prove_and_a_folder_is_no_file(tmp_path):
    draft("tunnel")
    assert run("evidence", "tunnel").exit_code == 2
    published()
    done = run("evidence", "bridge", "-o", str(tmp_path / "nowhere" / "bridge.zip"))
    assert done.exit_code == 2
    assert "cannot be written" in done.output
