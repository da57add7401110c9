"""What a child leaves on disk, so that the next start can end it if we could not."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30  # seconds: a worker may finish what it has begun


@dataclass(frozen=True)
class Trace:
    """A process group that was ours: its leader, when that began, and how it likes to be stopped."""

    pid: int
    stop_with: int
    began: str

    @classmethod
    def of(cls, pid: int, stop_with: int) -> "Trace":
        """The trace of a running process."""
        return cls(pid, int(stop_with), beginning(pid))

    @classmethod
    def read(cls, file: Path) -> "Trace | None":
        """The trace in a file, or None if the file was cut short."""
        parts = file.read_text().split(maxsplit=2)
        return cls(int(parts[0]), int(parts[1]), parts[2]) if len(parts) == 3 else None

    def write(self, file: Path) -> None:
        """Keep it."""
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_text(f"{self.pid} {self.stop_with} {self.began}")

    @property
    def is_alive(self) -> bool:
        """Whether that very process still runs; another one with the same number began at another time."""
        return bool(self.began) and beginning(self.pid) == self.began

    def end(self) -> None:
        """Stop the process, kindly first, then with its whole group."""
        deadline = time.monotonic() + PATIENCE
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, self.stop_with)
            while self.is_alive and time.monotonic() < deadline:
                time.sleep(0.05)
            if self.is_alive:
                os.killpg(self.pid, signal.SIGKILL)


def reap(folder: Path) -> None:
    """End every process that an earlier start left behind in a folder of traces."""
    for file in folder.glob("*"):
        trace = Trace.read(file)
        if trace and trace.is_alive:
            trace.end()
        file.unlink(missing_ok=True)


def beginning(pid: int) -> str:
    """When a process began, in the system's own words; empty if it has ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if after_name[0] in "ZX" else after_name[19]
    except OSError:
        return "" if Path("/proc/self").exists() else beginning_by_ps(pid)


def beginning_by_ps(pid: int) -> str:
    """The same where there is no /proc: macOS."""
    said = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return "" if said.startswith("Z") else said.partition(" ")[2].strip()
