"""Many posts at a time over kept connections, from processes of their own."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context

PROCESSES = 2
fork = get_context("fork")


@dataclass(frozen=True, slots=True)
class Load:
    """`waits`: seconds until each answer, the shortest first."""

    answered: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    def percentile(self, share: float) -> float:
        """Seconds that this share of the answers kept."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))]


def load(port: int, path: str, body: Callable[[int], bytes], connections: int, seconds: float, status: int) -> Load:
    """Post for so long over so many connections. RuntimeError for an answer that has another status."""
    share = connections // PROCESSES
    with fork.Pool(PROCESSES) as pool:
        parts = pool.starmap(_part, [(port, path, body, share, seconds, status, n) for n in range(PROCESSES)])
    waits = sorted(wait for part in parts for wait in part)
    return Load(len(waits), seconds, tuple(waits))


def _part(
    port: int, path: str, body: Callable[[int], bytes], connections: int, seconds: float, status: int, number: int
) -> list[float]:
    async def all_of_them() -> list[float]:
        until = time.perf_counter() + seconds
        several = [_client(port, path, body, until, status, number * 1000 + each) for each in range(connections)]
        return [wait for waits in await asyncio.gather(*several) for wait in waits]

    return asyncio.run(all_of_them())


async def _client(
    port: int, path: str, body: Callable[[int], bytes], until: float, status: int, who: int
) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits, count = [], 0
    while time.perf_counter() < until:
        said = body(who * 1_000_000 + count)
        count += 1
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(said)}\r\n{FORM}\r\n"
        started = time.perf_counter()
        writer.write(head.encode() + said)
        answer = await reader.readuntil(b"\r\n\r\n")
        waits.append(time.perf_counter() - started)
        if int(answer.split(b" ", 2)[1]) != status:
            raise RuntimeError(f"the server answered {answer.splitlines()[0].decode()}")
    writer.close()
    return waits


FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
