"""Who uses a data folder: one `outreach up`, or short commands that share what the first one started."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from config.embedded.child import CannotStart
from config.embedded.folder import Folder

UP = "outreach up"
COMMAND = "a command"
PATIENCE = 20  # seconds that `up` waits for a command to end


class Claim:
    """An open lock file; the lock ends with the process, however that ends."""

    def __init__(self, folder: Folder, name: str) -> None:
        folder.make()
        self.file: IO[str] = (folder.path / name).open("a+")

    def take(self, holder: str) -> bool:
        """Take the lock for ourselves, and write down who we are. False if somebody has it."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.file.truncate(0)
        self.file.write(f"{holder} (process {os.getpid()})")
        self.file.flush()
        return True

    @property
    def holder(self) -> str:
        """Who has written down that they took it."""
        self.file.seek(0)
        return self.file.read()

    def release(self) -> None:
        """Let others have it."""
        self.file.close()


@contextmanager
def alone(folder: Folder) -> Iterator[None]:
    """Hold the folder for `outreach up`.

    Raises:
        CannotStart: another `up` has it, or a command does not end in time.
    """
    claim = Claim(folder, "lock")
    deadline = time.monotonic() + PATIENCE
    while not claim.take(UP):
        if claim.holder.startswith(UP) or time.monotonic() > deadline:
            raise CannotStart(
                f"{folder.path} is in use by {claim.holder}. Stop that first, or set OUTREACH_DATA to another folder."
            )
        time.sleep(0.1)
    try:
        yield
    finally:
        claim.release()


class Share:
    """A command's part in a folder: commands hold `users` together; the one that stops the servers holds it alone."""

    def __init__(self, folder: Folder) -> None:
        self.users, self.lock = Claim(folder, "users"), Claim(folder, "lock")
        fcntl.flock(self.users.file, fcntl.LOCK_SH)
        self.is_ours = self.lock.take(COMMAND)  # the servers are ours to start, and to stop before we leave

    def wait_for_others(self) -> None:
        """Return when no other command uses the servers; one that comes now waits until we are gone."""
        fcntl.flock(self.users.file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let others have the folder."""
        self.lock.release()
        self.users.release()
