"""What is committed runs anywhere: it names no folder of the machine it was written on."""

import subprocess

import pytest

from config.embedded.folder import ROOT

FORBIDDEN = ("/" + "work/", "/" + "root/", "/" + "home/")


def committed() -> list[str]:
    """Every file that git keeps."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("place", FORBIDDEN)
def test_nothing_committed_names_a_folder_of_this_machine(place: str) -> None:
    assert [name for name in committed() if place.encode() in (ROOT / name).read_bytes()] == []
