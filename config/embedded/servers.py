"""The two embedded servers together."""

import os
import shutil
import stat

from config.embedded import launch, trace
from config.embedded.child import CannotStart
from config.embedded.folder import Folder
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey


class Servers:
    """PostgreSQL and Valkey of one data folder, without the one that the environment brings."""

    def __init__(self, folder: Folder, *, durable: bool = True) -> None:
        """`durable=False` is for tests: quick, and lost when the power goes."""
        self.folder = folder
        self.members: list[Postgres | Valkey] = []
        if not os.environ.get("REDIS_URL"):
            self.members.append(Valkey(folder, durable=durable))
        if not os.environ.get("DATABASE_URL"):
            self.members.append(Postgres(folder, durable=durable))

    def start(self) -> None:
        """Start both and wait until they answer; what an earlier start left behind is ended first.

        Raises:
            CannotStart: one of them does not come up; the other is stopped again.
        """
        self.folder.make()
        trace.reap(self.folder.path / "pids")
        self.make_sockets_folder()
        try:
            for member in self.members:
                member.start()
        except BaseException:
            self.stop()
            raise

    def make_sockets_folder(self) -> None:
        """A folder in the temporary one that only we may enter; refused if somebody else made it."""
        place = self.folder.sockets
        place.mkdir(mode=0o700, exist_ok=True)
        found = place.lstat()
        ours = found.st_uid in {os.getuid(), launch.NOBODY if os.getuid() == 0 else os.getuid()}
        if not stat.S_ISDIR(found.st_mode) or not ours or stat.S_IMODE(found.st_mode) & 0o077:
            raise CannotStart(f"{place} belongs to somebody else or is open to others; remove it and start again.")

    def stop(self) -> None:
        """Stop both, the queue first."""
        for member in self.members:
            member.stop()
        shutil.rmtree(self.folder.sockets, ignore_errors=True)

    def remove(self) -> None:
        """Stop both and delete all they kept: for throw-away servers."""
        self.stop()
        trace.reap(self.folder.path / "pids")
        for member in self.members:
            if isinstance(member, Postgres):
                shutil.rmtree(member.cluster.parent, ignore_errors=True)
        shutil.rmtree(self.folder.path, ignore_errors=True)
