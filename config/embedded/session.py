"""The servers of this installation for the length of one command."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from config.embedded.child import CannotStart
from config.embedded.claim import Share
from config.embedded.folder import Folder
from config.embedded.servers import Servers

PATIENCE = 30  # seconds for an `outreach up` that is itself still starting


@contextmanager
def session() -> Iterator[bool]:
    """Use the servers that run, else start our own and stop them at the end. True if they are embedded ones.

    With DATABASE_URL and REDIS_URL set there is nothing to do.

    Raises:
        CannotStart: they do not come up.
    """
    folder = Folder.of_this_installation()
    servers = Servers(folder)
    if not servers.members:
        yield False
        return
    share = Share(folder)
    try:
        with own(servers, share) if share.is_ours else borrowed(servers):
            yield True
    finally:
        share.release()


@contextmanager
def own(servers: Servers, share: Share) -> Iterator[None]:
    """Start them, and stop them when nobody else uses them."""
    servers.start()
    try:
        yield
    finally:
        share.wait_for_others()
        servers.stop()


@contextmanager
def borrowed(servers: Servers) -> Iterator[None]:
    """Wait until those of somebody else answer."""
    deadline = time.monotonic() + PATIENCE
    while not all(member.answers() for member in servers.members):
        if time.monotonic() > deadline:
            raise CannotStart(f"Another process holds {servers.folder.path}, but its servers do not answer.")
        time.sleep(0.05)
    yield
