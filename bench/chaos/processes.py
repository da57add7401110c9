"""Processes as the operating system sees them."""

import os
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from config.embedded.folder import Folder


def kill_all(folder: Folder) -> None:
    """End whatever runs on a folder with -9."""
    for process in using(folder):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def using(folder: Folder) -> list[psutil.Process]:
    """Every living process that was started for a data folder, whoever its parent is now."""
    return [process for process in psutil.process_iter() if is_alive(process) and belongs(process, folder)]


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs: what has ended and only waits to be collected does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def belongs(process: psutil.Process, folder: Folder) -> bool:
    """Whether its environment or its command line names the folder; never true of this process itself."""
    try:
        said = [*process.cmdline(), process.environ().get("OUTREACH_DATA", "")]
        return process.pid != os.getpid() and any(
            str(place) in part for part in said for place in (folder.path, folder.sockets)
        )
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def soon(what: Callable[[], object], seconds: float = 20, glance: float = 0.1) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(glance)
    return True
