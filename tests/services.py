"""pytest plugin (`-p tests.services`): one throw-away PostgreSQL and Valkey for the whole run.

It is a plugin and not part of conftest.py because Django's settings are read before a conftest is.
"""

import os
import tempfile
from pathlib import Path

import pytest

from config.embedded.folder import Folder
from config.embedded.servers import Servers

servers: Servers | None = None
GOES_AS_A_WHOLE = "TEST_DATABASE_GOES_AS_A_WHOLE"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Point the settings at the servers; each parallel process gets its own database and its own queue in them."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs an event loop in the tests' own thread
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = in_database(os.environ["REDIS_URL"], 1 + int(worker.removeprefix("gw")))
        return
    for name in [name for name in os.environ if name.startswith("OUTREACH_") and name not in KEPT]:
        del os.environ[name]
    start_servers()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the database stays when its tests end: the server goes as a whole, and to drop a database PostgreSQL
    waits five seconds for a thread of a live server that has not hung up.
    """
    return GOES_AS_A_WHOLE in os.environ


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for other processes, and leave theirs to somebody else."""
    return (os.cpu_count() or 1) + 1


KEPT = {"OUTREACH_PG_BIN", "OUTREACH_PG_ROOT", "OUTREACH_CHROMIUM"}


def start_servers() -> None:
    """Start what the environment does not bring."""
    global servers
    folder = Folder(Path(tempfile.mkdtemp(prefix="outreach-test-")))
    servers = Servers(folder, durable=False)
    servers.start()
    if "DATABASE_URL" not in os.environ:
        os.environ |= {"DATABASE_URL": folder.database_url, GOES_AS_A_WHOLE: "1"}
    os.environ.setdefault("REDIS_URL", folder.redis_url)
    os.environ.setdefault("SECRET_KEY", "only for tests")
    os.environ["OUTREACH_DATA"] = str(folder.path)


def in_database(redis_url: str, number: int) -> str:
    """The same server, another numbered database."""
    base = redis_url.partition("?")[0]
    return f"{base}?db={number}"


def pytest_unconfigure() -> None:
    """Stop the servers and delete what they kept."""
    if servers:
        servers.remove()
