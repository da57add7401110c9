"""A socket that `http.client` can use and on which no wait outlasts the deadline, even if bytes come one by one."""

import io
import socket

from channels.deadline import left

PIECE = 1 << 16


class TimedSocket:
    """`patience`: seconds that a single wait may take at the most; `channels.deadline` may allow less."""

    def __init__(self, plain: socket.socket, patience: float) -> None:
        self._socket, self._patience = plain, patience
        self._readers = 0
        self._is_closed = False

    def sendall(self, content: bytes) -> None:
        """Send all of it, in pieces."""
        view = memoryview(content)
        for start in range(0, len(view), PIECE):
            self._socket.settimeout(left(self._patience))
            self._socket.sendall(view[start : start + PIECE])

    def makefile(self, mode: str) -> io.BufferedReader:
        """For reading alone. The connection stays open until both it and the socket are closed."""
        self._readers += 1
        return io.BufferedReader(_Reading(self))

    def receive_into(self, buffer: memoryview) -> int:
        """Fill some of the buffer; 0 when the other side has ended."""
        self._socket.settimeout(left(self._patience))
        return self._socket.recv_into(buffer)

    def was_hung_up(self) -> bool:
        """Whether a connection that should be silent has something to say, which can only be a farewell."""
        self._socket.settimeout(0)
        try:
            self._socket.recv(1)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as waiting:  # TLS has its own word for «nothing yet»
            return type(waiting).__name__ not in ("SSLWantReadError", "SSLWantWriteError")
        return True

    def close(self) -> None:
        """No more sending; the end as soon as nobody reads."""
        self._is_closed = True
        self._let_go()

    def done_reading(self) -> None:
        """One reader less."""
        self._readers -= 1
        self._let_go()

    def _let_go(self) -> None:
        if self._is_closed and self._readers <= 0:
            self._socket.close()


class _Reading(io.RawIOBase):
    def __init__(self, source: TimedSocket) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._source.receive_into(buffer)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._source.done_reading()
