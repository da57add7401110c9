"""Many GETs at a time over kept connections, from processes of their own that do as little as they can."""

import asyncio
import time
from typing import cast

import uvloop

from bench.load import PROCESSES, Load, fork

HEAD = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"


def reads(port: int, path: str, connections: int, seconds: float) -> Load:
    """Ask for so long over so many connections. RuntimeError for an answer that is not 200."""
    share = connections // PROCESSES
    with fork.Pool(PROCESSES) as pool:
        parts = pool.starmap(_part, [(port, path, share, seconds)] * PROCESSES)
    waits = sorted(wait for part in parts for wait in part)
    return Load(len(waits), seconds, tuple(waits))


def _part(port: int, path: str, connections: int, seconds: float) -> list[float]:
    async def all_of_them() -> list[float]:
        until, loop = time.perf_counter() + seconds, asyncio.get_running_loop()
        clients = [_Client(HEAD.format(path=path).encode(), until) for _ in range(connections)]
        for client in clients:
            await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
        await asyncio.gather(*(client.over for client in clients))
        return [wait for client in clients for wait in client.waits]

    return uvloop.run(all_of_them())


class _Client(asyncio.Protocol):
    """Asks again as soon as it has the whole answer."""

    def __init__(self, question: bytes, until: float) -> None:
        self.question, self.until = question, until
        self.over = asyncio.get_running_loop().create_future()
        self.waits: list[float] = []
        self.missing, self.read = 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own says it is one, and has another parent
        self._ask()

    def data_received(self, data: bytes) -> None:
        if not self.missing:
            self.read += data
            head, end, body = self.read.partition(b"\r\n\r\n")
            if not end:
                return
            self.missing = _length(head) - len(body)
            self.read = b""
        else:
            self.missing -= len(data)
        if self.missing == 0:
            self.waits.append(time.perf_counter() - self.asked)
            self._ask()

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(problem or RuntimeError("the server hung up"))

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        if self.asked < self.until:
            self.transport.write(self.question)
        else:
            self.over.set_result(None)
            self.transport.close()


def _length(head: bytes) -> int:
    """Bytes of the body. RuntimeError if the answer is not as it should be."""
    first, *lines = head.decode().lower().split("\r\n")
    if first.split(" ")[1] != "200":
        raise RuntimeError(f"the server answered {first}")
    return next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:"))
