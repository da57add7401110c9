"""Kept connections to the hosts a wire talks to, lent to one thread at a time."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from channels.http_line import HttpLine, HttpReply, LookUp, Lost, addresses

PORTS = {"http": 80, "https": 443}
Key = tuple[str, str, int]


class HttpLines:
    """`patience`: seconds for a connection and for each wait on it. `look_up`: who says where a host is."""

    def __init__(self, patience: float, look_up: LookUp = addresses) -> None:
        self.patience, self.look_up = patience, look_up
        self._free: dict[Key, list[HttpLine]] = {}
        self._guard = threading.Lock()

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> HttpReply:
        """One request. A GET, which changes nothing, is asked again once if its answer is lost."""
        parts = urlsplit(url)
        key = (parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with self._lent(key) as line:
            try:
                return line.ask(method, path, headers, body)
            except Lost:
                if method != "GET":
                    raise
                return line.ask(method, path, headers, body)

    def close(self) -> None:
        """Hang up all that are not lent."""
        with self._guard:
            lines = [line for lines in self._free.values() for line in lines]
            self._free.clear()
        for line in lines:
            line.close()

    @contextmanager
    def _lent(self, key: Key) -> Iterator[HttpLine]:
        with self._guard:
            free = self._free.get(key)
            line = free.pop() if free else None
        if line is None:
            line = HttpLine(key[1], key[2], tls=key[0] == "https", patience=self.patience, look_up=self.look_up)
        try:
            yield line
        finally:
            with self._guard:
                self._free.setdefault(key, []).append(line)
