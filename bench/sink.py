"""The mail server that the benchmarks send to: postfix's smtp-sink where it can be had, else our own counter."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import psutil

PATIENCE = 10.0  # seconds for a server to start


class Sink:
    """A server in a process of its own. `delay`: milliseconds of round trip that it adds. `name`: which server it is.

    postfix's is found by OUTREACH_SMTP_SINK or on the PATH (the Debian package `postfix`, unpacked with `dpkg -x`, is
    enough; it need not be installed or started). It can add no delay, so that our own is used for that.
    """

    def __init__(self, *, delay: float = 0.0, pipelining: bool = True) -> None:
        self.port = _free_port()
        program = "" if delay else postfix_sink()
        self.name = "postfix's smtp-sink" if program else "our own smtp_counter"
        command = _postfix(program, self.port, pipelining) if program else _own(self.port, delay, pipelining)
        self._process = subprocess.Popen(command, env=_environment(program), stdout=subprocess.DEVNULL)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    @property
    def address(self) -> str:
        """The URL that leads a wire here."""
        return f"smtp://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        used = psutil.Process(self._process.pid).cpu_times()
        return used.user + used.system

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"{self.name} does not answer")


def postfix_sink() -> str:
    """Where postfix's smtp-sink is; empty if it is not found."""
    return os.environ.get("OUTREACH_SMTP_SINK") or shutil.which("smtp-sink") or ""


def _postfix(program: str, port: int, pipelining: bool) -> list[str]:
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []  # it does not want to be root
    return [program, *as_nobody, *([] if pipelining else ["-p"]), f"127.0.0.1:{port}", "1000"]


def _own(port: int, delay: float, pipelining: bool) -> list[str]:
    options = ["--port", str(port), "--delay", str(delay), *([] if pipelining else ["--no-pipelining"])]
    return [sys.executable, "-m", "channels.fakes.smtp_counter", *options]


def _environment(program: str) -> dict[str, str]:
    """With postfix's libraries, which lie beside it where the package was only unpacked."""
    libraries = Path(program).parent.parent / "lib" / "postfix"
    return {**os.environ, "LD_LIBRARY_PATH": str(libraries)} if program and libraries.exists() else dict(os.environ)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
