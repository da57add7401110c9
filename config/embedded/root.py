"""What to do when we are root, as in a fresh container: PostgreSQL refuses to run so."""

import os
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from config.embedded import launch

STATE = Path("/var/lib/outreach")  # only root may write here, anybody may read


class Way(StrEnum):
    """How a child is started: as we are, or without being root."""

    PLAIN = "plain"
    USERNS = "userns"  # best: nothing changes its owner, a private folder stays private
    SETUID = "setuid"  # where the kernel refuses user namespaces, as under Docker's usual rules


def way() -> Way:
    """The way that works here. OUTREACH_PG_ROOT=userns or setuid decides for us."""
    if os.geteuid() != 0:
        return Way.PLAIN
    if chosen := os.environ.get("OUTREACH_PG_ROOT"):
        return Way(chosen)
    probe = [*launcher(Way.USERNS, 0), "/bin/true"]
    return Way.USERNS if subprocess.run(probe, capture_output=True).returncode == 0 else Way.SETUID


def launcher(way: Way, signal: int) -> list[str]:
    """The front of a command line that runs the rest in this way, and sends it `signal` when we end."""
    return [sys.executable, "-I", "-S", launch.__file__, way, str(int(signal)), str(os.getpid())]


def give_to_nobody(path: Path) -> None:
    """Let the user that PostgreSQL becomes own a folder."""
    os.chown(path, launch.NOBODY, launch.NOBODY)


def is_open_to_nobody(path: Path) -> bool:
    """Whether that user may read and enter a folder where it stands."""
    probe = ["/bin/sh", "-c", 'test -r "$1" && test -x "$1"', "sh", str(path)]
    return subprocess.run(probe, user=launch.NOBODY, group=launch.NOBODY, extra_groups=[], cwd="/").returncode == 0


def open_copy(package: Path) -> Path:
    """A copy of an installed package where anybody may read it; made once for each version of the wheel."""
    version = next(package.parent.glob(f"{package.name}-*.dist-info"), package).name
    copy = STATE / version
    if not copy.exists():
        draft = STATE / f"{version}.{os.getpid()}"
        for folder in (package, package.with_name(f"{package.name}.libs")):  # the binaries look for .libs beside them
            if folder.exists():
                shutil.copytree(folder, draft / folder.name)
        STATE.chmod(0o755)
        draft.rename(copy)
    return copy / package.name
