"""One kept HTTP/1.1 connection on which every wait has an end, and of whose failures it is known what they mean.

| went wrong                                    | raised        | so the request                          |
|-----------------------------------------------|---------------|-----------------------------------------|
| looking up the name, connecting, TLS          | `NoConnection`| certainly did not arrive; nor will others |
| before all of the request was handed over     | `NotSent`     | certainly had no effect: it is incomplete |
| after that, before all of the answer was here | `Lost`        | may have had its effect                 |
"""

import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import Any, cast

from channels.deadline import left, within
from channels.timed_socket import TimedSocket

IDLE = 20.0  # seconds after which a kept connection is not trusted any more
LONGEST_ANSWER = 8_000_000  # bytes
EARLY_ANSWER = 0.5  # seconds to hear why the other side stopped listening

Address = tuple[socket.AddressFamily, tuple[Any, ...]]
LookUp = Callable[[str, int], Sequence[Address]]


class NoConnection(Exception):
    """Nobody is there, or not safely."""


class NotSent(Exception):
    """The request was not handed over whole."""


class Lost(Exception):
    """The request was handed over, and the answer did not come."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What came back. The names of headers are in small letters."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


def addresses(host: str, port: int) -> list[Address]:
    """Where the system's name service says the host is. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, where) for family, _, _, _, where in found]


class HttpLine:
    """To one host, by TLS if `tls`, with a certificate for its name.

    `patience`: seconds for the connection and for each wait; only the look-up of a name is left to the system's own
    limit. `look_up`: who says where the host is.
    """

    def __init__(self, host: str, port: int, *, tls: bool, patience: float, look_up: LookUp = addresses) -> None:
        self.host, self.port, self.tls, self.patience, self.look_up = host, port, tls, patience, look_up
        self._talk: HTTPConnection | None = None
        self._socket: TimedSocket | None = None
        self._used_at = 0.0

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> HttpReply:
        """One request and its answer, whatever its status. Raises by the table above."""
        try:
            return self._ask(self._open(), method, path, headers, body)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up. Asking again connects anew."""
        if self._talk is not None:
            self._talk.close()
        self._talk = self._socket = None

    def _ask(self, talk: HTTPConnection, method: str, path: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        try:
            talk.request(method, path, body or None, dict(headers))
        except OSError as failure:
            return self._early_answer(talk, failure)
        except (HTTPException, ValueError) as failure:
            raise NotSent(f"A request to {self} cannot be put into words: {_said(failure)}") from None
        try:
            return self._answer(talk)
        except (OSError, HTTPException) as failure:
            raise Lost(f"{self} had the whole request and was lost before it answered: {_said(failure)}") from None

    def _answer(self, talk: HTTPConnection) -> HttpReply:
        with talk.getresponse() as response:
            content = response.read(LONGEST_ANSWER + 1)
            if len(content) > LONGEST_ANSWER:
                raise HTTPException("the answer has no end")
            if response.length:
                raise HTTPException("the answer was cut short")
            headers = {name.lower(): value for name, value in response.getheaders()}
            reply = HttpReply(response.status, response.reason, headers, content)
            if response.will_close:
                self.close()
        self._used_at = monotonic()
        return reply

    def _early_answer(self, talk: HTTPConnection, failure: OSError) -> HttpReply:
        """Some servers answer, as with 413, while we still speak, and hang up."""
        try:
            with within(EARLY_ANSWER):
                reply = self._answer(talk)
        except (OSError, HTTPException):
            raise NotSent(f"{self} was lost before it had the whole request: {_said(failure)}") from None
        self.close()
        return reply

    def _open(self) -> HTTPConnection:
        if self._talk is not None and self._socket is not None:
            if monotonic() - self._used_at < IDLE and not self._socket.was_hung_up():
                return self._talk
            self.close()
        try:
            self._socket = TimedSocket(self._connected(), self.patience)
        except OSError as failure:
            raise NoConnection(f"No connection to {self}: {_said(failure)}") from None
        self._talk = HTTPConnection(self.host, self.port)
        self._talk.sock = cast(socket.socket, self._socket)
        return self._talk

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("its name leads nowhere")
        for family, where in self.look_up(self.host, self.port):
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(left(self.patience))
                connection.connect(where)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self._safe(connection)
            except OSError as this:
                connection.close()
                failure = this
        raise failure

    def _safe(self, connection: socket.socket) -> socket.socket:
        if not self.tls:
            return connection
        connection.settimeout(left(self.patience))
        return ssl.create_default_context().wrap_socket(connection, server_hostname=self.host)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def _said(failure: Exception) -> str:
    return str(failure) or type(failure).__name__
