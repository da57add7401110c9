"""A process of ours that ends when we do."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from config.embedded.folder import Folder
from config.embedded.root import Way, launcher
from config.embedded.trace import Trace


class CannotStart(Exception):
    """Something we need does not come up. The text is a sentence for the person at the keyboard."""


class Child:
    """One running process, the leader of its own group. Start it from the main thread: it dies with that thread."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        folder: Folder,
        *,
        output: IO[bytes] | int,
        stop_with: signal.Signals = signal.SIGTERM,
        way: Way = Way.PLAIN,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self.stop_with = name, stop_with
        self.trace = folder.path / "pids" / name
        self.process = subprocess.Popen(
            [*launcher(way, stop_with), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**(environment or os.environ), "OUTREACH_DATA": str(folder.path)},
            start_new_session=True,
        )
        Trace.of(self.process.pid, stop_with).write(self.trace)

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    @property
    def ending(self) -> str:
        """How it ended, in words: `code 1` or `SIGKILL`."""
        code = self.process.returncode
        return signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"

    def ask_to_stop(self) -> None:
        """Send the signal it knows, and do not wait."""
        if self.is_running:
            self.process.send_signal(self.stop_with)

    def wait(self, patience: float) -> bool:
        """Wait so many seconds for its end, then kill the whole group. False if it had to be killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        went_by_itself = not self.is_running
        self.kill()
        return went_by_itself

    def kill(self) -> None:
        """End it and whatever it has started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.trace.unlink(missing_ok=True)
