"""A postmaster.pid that names a zombie: where nobody collects dead processes, PostgreSQL would wait for it forever."""

import os
from pathlib import Path

from config.embedded.trace import beginning


def forget_dead_postmaster(cluster: Path) -> None:
    """Remove the file if the process it names is dead and no orphan of it still works in the cluster.

    Call it only while holding the data folder: then nobody else can be starting a server there.
    """
    file = cluster / "postmaster.pid"
    if file.exists() and is_zombie(int(file.read_text().split()[0])) and not is_in_use(cluster):
        file.unlink()


def is_zombie(pid: int) -> bool:
    """Whether a process has ended and only its number is left. Never where there is no /proc."""
    return Path(f"/proc/{pid}").exists() and not beginning(pid)


def is_in_use(cluster: Path) -> bool:
    """Whether any process has the cluster as its working directory, as all of PostgreSQL's have."""
    return any(place == cluster for place in map(working_directory, Path("/proc").glob("[0-9]*")))


def working_directory(process: Path) -> Path | None:
    """Where a process works; None if it has ended or is not ours to ask."""
    try:
        return Path(os.readlink(process / "cwd"))
    except OSError:
        return None
