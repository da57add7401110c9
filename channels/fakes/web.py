"""A small HTTP server on loopback, on which the fakes of providers are built."""

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

from channels.fakes.web_rule import CUT, HANG, Rules, WebRule

CONTROL = "/_fake"


@dataclass(frozen=True)
class Asked:
    """A request, read whole."""

    method: str
    url: str
    headers: Message
    body: bytes

    @cached_property
    def path(self) -> str:
        return urlsplit(self.url).path

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer. `body`: bytes as they are, None for nothing, anything else as JSON."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        if self.body is None or isinstance(self.body, bytes):
            return self.body or b""
        return json.dumps(self.body, ensure_ascii=False).encode()


class WebFake:
    """A real server in a thread of its own; a subclass writes `respond`. `port`: 0 for any free one."""

    name: ClassVar[str]

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host, self.port = host, port
        self.asked: list[Asked] = []
        self.connections = 0
        self.rules = Rules()
        self.guard = threading.RLock()
        self._open: set[socket.socket] = set()
        self._stopped = threading.Event()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """The URL that leads a wire here."""
        raise NotImplementedError

    def respond(self, asked: Asked) -> Told:
        """Do what was asked; one request at a time."""
        raise NotImplementedError

    def told(self, rule: WebRule) -> Told:
        """The answer a rule gives, in the provider's own form."""
        return Told(int(rule.reply[:3]), rule.body, rule.headers)

    def answer(self, reply: str, path: str = "", **exception: Any) -> None:
        """Make an exception: see `WebRule`."""
        with self.guard:
            self.rules.add(WebRule(reply, path, **exception))

    def forgive(self) -> None:
        """Forget all exceptions."""
        with self.guard:
            self.rules.clear()

    def summary(self) -> object:
        """What it has taken so far, for JSON."""
        return {"requests": len(self.asked)}

    def start(self) -> Self:
        """Listen; returns when the port answers. OSError if it is taken."""
        self._server = _Server((self.host, self.port), type("Handler", (_Handler,), {"fake": self}))
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and cut whoever is still talking."""
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self.cut_all()

    def cut_all(self) -> None:
        """End every open connection at once, as a restart of the server would."""
        with self.guard:
            for connection in self._open:
                _cut(connection)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def opened(self, connection: socket.socket) -> None:
        with self.guard:
            self.connections += 1
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self.guard:
            self._open.discard(connection)

    def interrupts(self, method: str, url: str) -> bool:
        """Whether the connection ends before the whole request was read."""
        with self.guard:
            rule = self.rules.chosen("body", method, urlsplit(url).path)
        if rule is not None and rule.reply == HANG:
            self._stopped.wait()
        return rule is not None

    def served(self, asked: Asked) -> Told | None:
        """The answer; None if there is to be none and the connection ends."""
        if asked.path.startswith(CONTROL):
            return self._controlled(asked)
        with self.guard:
            self.asked.append(asked)
            rule = self.rules.chosen("request", asked.method, asked.path)
            told = self.respond(asked) if rule is None or rule.keep else None
        if rule is None:
            return told
        if rule.reply == HANG:
            self._stopped.wait()
        return None if rule.reply in (HANG, CUT) else self.told(rule)

    def _controlled(self, asked: Asked) -> Told:
        match asked.method, asked.path.removeprefix(CONTROL):
            case "GET", "/summary":
                return Told(200, self.summary())
            case "POST", "/rules":
                try:
                    self.answer(**asked.json)
                except (ValueError, TypeError) as problem:
                    return Told(400, {"error": str(problem)})
                return Told(201, {"rules": len(self.rules)})
            case "DELETE", "/rules":
                self.forgive()
                return Told(200, {"rules": 0})
        return Told(404, {"error": f"There are {CONTROL}/summary and {CONTROL}/rules"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is nothing to write about."""


class _Handler(BaseHTTPRequestHandler):
    fake: WebFake
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.fake.opened(self.connection)

    def finish(self) -> None:
        self.fake.closed(self.connection)
        super().finish()

    def do_POST(self) -> None:
        if self.fake.interrupts(self.command, self.path):
            self.close_connection = True
            _cut(self.connection)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = self.fake.served(Asked(self.command, self.path, self.headers, body))
        if told is None:
            self.close_connection = True
            _cut(self.connection)
            return
        content = told.content
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if content:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: paths may name people, and errors are answered."""


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be gone already
        connection.shutdown(socket.SHUT_RDWR)
