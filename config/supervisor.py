"""`outreach up`: everything on one machine, and nothing left when it ends."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from urllib.error import URLError
from urllib.request import urlopen

from config import roles
from config.console import Console
from config.embedded import claim
from config.embedded.child import CannotStart, Child
from config.embedded.folder import ROOT, Folder
from config.embedded.postgres import Postgres
from config.embedded.servers import Servers
from config.embedded.valkey import Valkey
from config.restarts import Restarts
from config.roles import Role

GLANCE = 0.1  # seconds between two looks at the processes


class RunningRole:
    """One role of ours as a child process; it starts and stops like an embedded server."""

    def __init__(self, role: Role, arguments: tuple[str, ...], supervisor: "Supervisor") -> None:
        self.name, self.role, self.arguments, self.supervisor = role.name, role, arguments, supervisor
        self.child: Child | None = None

    def start(self) -> None:
        """Start it; what it says appears on the console."""
        self.child = self.supervisor.spawn(self.name, roles.command(self.role, *self.arguments))

    def stop(self) -> None:
        """Let it finish what it has begun, but not longer than it may take."""
        if self.child:
            self.child.ask_to_stop()
            if not self.child.wait(self.role.patience):
                self.supervisor.say(f"{self.name} did not stop in {self.role.patience:.0f} s and was killed")


class Supervisor:
    """Starts the servers and the roles, brings back what dies, and stops all in order."""

    def __init__(self, host: str, port: int, also: tuple[Role, ...] = ()) -> None:
        self.host, self.port = host, port
        self.folder = Folder.of_this_installation()
        self.servers = Servers(self.folder)
        self.console = Console()
        self.stopping = threading.Event()
        self.restarts: dict[str, Restarts] = {}
        self.due: dict[str, float] = {}
        address = ("--host", host, "--port", str(port))
        wanted = (*roles.RUNNING, *also)
        self.running = [RunningRole(role, address if role is roles.WEB else (), self) for role in wanted]

    @property
    def url(self) -> str:
        """Where a browser on this machine finds us."""
        return f"http://127.0.0.1:{self.port}"

    def run(self) -> int:
        """Run until Ctrl-C or SIGTERM: 0; or until something cannot be kept alive: 1.

        Raises:
            CannotStart: the port or the data folder is taken, or a server does not come up.
        """
        refuse_taken_port(self.host, self.port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)
        with claim.alone(self.folder):
            try:
                self.start()
                return self.watch()
            finally:
                self.stop()

    def on_signal(self, number: int, frame: object) -> None:
        """Stop in order; at the second signal, at once."""
        if self.stopping.is_set():
            self.kill()
        self.stopping.set()

    def start(self) -> None:
        """Servers, then tables, then roles."""
        began = time.monotonic()
        self.servers.start()
        self.say(f"servers ready after {time.monotonic() - began:.1f} s; all data is in {self.folder.path}")
        if self.stopping.is_set() or not self.migrate():
            return
        for role in self.running:
            role.start()
        self.wait_for_web()
        if not self.stopping.is_set():
            self.say(f"open {self.url}  (ready after {time.monotonic() - began:.1f} s; Ctrl-C stops everything)")

    def migrate(self) -> bool:
        """Bring the tables up to date. On the first start this also prints the owner's link."""
        child = self.spawn(roles.MIGRATE.name, roles.command(roles.MIGRATE))
        while child.is_running and not self.stopping.wait(0.02):
            pass
        child.ask_to_stop()
        child.wait(roles.MIGRATE.patience)
        if child.process.returncode != 0 and not self.stopping.is_set():
            raise CannotStart("The tables could not be brought up to date; the reason stands above.")
        return not self.stopping.is_set()

    def wait_for_web(self) -> None:
        """Return when the web role answers, or after a while: the watch looks after it then."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not self.stopping.wait(0.05):
            try:
                urlopen(f"{self.url}/healthz", timeout=5).close()
                return
            except (URLError, OSError):
                continue

    def watch(self) -> int:
        """Look at every process until we are to stop, and bring back what has died."""
        while not self.stopping.wait(GLANCE):
            for part in (*self.servers.members, *self.running):
                if not self.keep_alive(part):
                    return 1
        return 0

    def keep_alive(self, part: "RunningRole | Postgres | Valkey") -> bool:
        """Start a dead part again when its time has come. False if it died too often."""
        now = time.monotonic()
        if part.child and not part.child.is_running and part.name not in self.due:
            part.child.kill()  # also what it had started
            again = self.restarts.setdefault(part.name, Restarts()).next_at(now)
            if again is None:
                self.say(f"{part.name} ended again and again ({part.child.ending}); stopping everything")
                return False
            self.say(f"{part.name} ended ({part.child.ending}) and is started again")
            self.due[part.name] = again
        if self.due.get(part.name, now + 1) <= now:
            del self.due[part.name]
            part.start()
        return True

    def stop(self) -> None:
        """First the roles, in the reverse order of starting; then the servers."""
        self.stopping.set()
        for role in reversed(self.running):
            role.stop()
        self.servers.stop()
        self.say("stopped")

    def kill(self) -> None:
        """End every role at once; the servers still stop in order, so that nothing written is lost."""
        for role in self.running:
            if role.child:
                role.child.kill()

    def spawn(self, name: str, command: list[str]) -> Child:
        """Start a process whose output appears on our console."""
        child = Child(name, command, self.folder, output=subprocess.PIPE, environment=self.environment())
        assert child.process.stdout
        self.console.follow(name, child.process.stdout)
        return child

    def environment(self) -> Mapping[str, str]:
        """What our roles get: the same code, and the address that people see."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        return {"OUTREACH_URL": self.url, **os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}

    def say(self, line: str) -> None:
        """A line of our own."""
        self.console.say("up", line)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CannotStart with a sentence if somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotStart(f"Port {port} cannot be used ({problem.strerror}). Try: --port {port + 1}") from None
