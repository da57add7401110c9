"""`./dev` installs once, says what is missing, and stays quiet when nothing is to be done."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from config.embedded.folder import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing to install."""
    shutil.copy(ROOT / "dev", tmp_path)
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    return tmp_path


def start(checkout: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    return subprocess.Popen(
        [checkout / "dev", *arguments],
        env={**kept, "DEV_NO_UV": "1", **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.timeout(120)
def test_two_calls_at_once_install_once_and_the_next_is_quiet_until_the_lock_changes(checkout: Path) -> None:
    calls = [start(checkout, "python", "-c", "print('ran')") for _ in range(2)]
    said = [call.communicate(timeout=100) for call in calls]
    assert [out for out, _ in said] == ["ran\n", "ran\n"]
    assert sorted("installing" in err for _, err in said) == [False, True]

    assert start(checkout, "python", "-c", "print('ran')").communicate(timeout=60) == ("ran\n", "")

    (checkout / "requirements.lock").write_text("# nothing again\n")
    assert "installing" in start(checkout, "python", "-V").communicate(timeout=60)[1]

    call = start(checkout, "no-such-tool")
    assert "there is no command 'no-such-tool'" in call.communicate(timeout=60)[1]
    assert call.returncode == 1


def test_help_installs_nothing(checkout: Path) -> None:
    call = start(checkout, "help")
    assert "./dev up" in call.communicate(timeout=30)[1]
    assert not (checkout / ".venv").exists()
