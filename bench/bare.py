"""The reference: a pipelining SMTP client that does nothing but send the same bytes, and sees nothing but codes."""

import asyncio
from collections.abc import Callable, Iterator
from typing import cast

from channels.letter import Letter


class Bare(asyncio.Protocol):
    """One connection. `left`: shared by all; each of its items is a letter to send. `done`: how many this one sent."""

    def __init__(self, letter: Letter, left: Iterator[int]) -> None:
        self.done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._group = f"MAIL FROM:<{letter.sender}>\r\nRCPT TO:<{letter.to}>\r\nDATA\r\n".encode()
        self._last = letter.data + b".\r\nQUIT\r\n"
        self._next = letter.data + b".\r\n" + self._group
        self._left, self._sent, self._heard = left, 0, b""
        self._react: Callable[[bytes], bool] = self._greeted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if self._heard.endswith(b"\r\n") and self._react(self._heard):
            self._heard = b""

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))

    def _greeted(self, heard: bytes) -> bool:
        self._transport.write(b"EHLO bench.example\r\n")
        self._react = self._welcomed
        return True

    def _welcomed(self, heard: bytes) -> bool:
        if b"250 " not in heard:
            return False
        is_needed = next(self._left, None) is not None
        self._transport.write(self._group if is_needed else b"QUIT\r\n")
        self._react = self._wanted if is_needed else self._ended
        return True

    def _wanted(self, heard: bytes) -> bool:
        if b"354 " not in heard:
            return False
        self._sent += 1
        if next(self._left, None) is None:
            self._transport.write(self._last)
            self._react = self._ended
        else:
            self._transport.write(self._next)
        return True

    def _ended(self, heard: bytes) -> bool:
        if b"221 " in heard and not self.done.done():
            self.done.set_result(self._sent)
            self._transport.close()
        return True
