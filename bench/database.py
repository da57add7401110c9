"""A PostgreSQL of the bench's own, as durable as the product's, with the product's tables in it."""

import os
import tempfile
from pathlib import Path
from typing import Self

import psutil

from config.embedded.folder import Folder
from config.embedded.servers import Servers


class Database:
    """Started, migrated and known to Django while it is entered; deleted afterwards. For one process, once."""

    def __enter__(self) -> Self:
        for name in [name for name in os.environ if name in LEFT_OUT or _is_of_another(name)]:
            del os.environ[name]
        self.folder = Folder(Path(tempfile.mkdtemp(prefix="outreach-bench-")))
        self._servers = Servers(self.folder)
        self._servers.start()
        os.environ |= {
            "DATABASE_URL": self.folder.database_url,
            "REDIS_URL": self.folder.redis_url,
            "SECRET_KEY": "only for the bench",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "OUTREACH_DATA": str(self.folder.path),
            "LOG_LEVEL": "WARNING",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return self

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        connections.close_all()
        self._servers.remove()

    def cpu(self) -> float:
        """Seconds of processor time that PostgreSQL has used, in all its processes, those that have ended included."""
        server = psutil.Process(int((self.postgres / "postmaster.pid").read_text().split()[0]))
        own = server.cpu_times()
        ended: float = own.user + own.system + own.children_user + own.children_system
        return ended + sum(_used(each) for each in server.children())

    @property
    def postgres(self) -> Path:
        """The folder of its files."""
        from config.embedded.postgres import Postgres

        return next(member.cluster for member in self._servers.members if isinstance(member, Postgres))


KEPT = {"OUTREACH_PG_BIN", "OUTREACH_PG_ROOT", "OUTREACH_SMTP_SINK"}
LEFT_OUT = {"DATABASE_URL", "REDIS_URL"}  # whose servers would be measured, and filled


def _is_of_another(name: str) -> bool:
    return name.startswith("OUTREACH_") and name not in KEPT


def _used(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    seconds: float = used.user + used.system
    return seconds
