"""Replies of a mail server, put together from its bytes however they come."""

import smtplib
from collections import deque
from functools import lru_cache

from channels.smtp_reply import Reply

LONGEST_LINE = 8192
MOST_LINES = 200
AFTER_CODE = (b"", b" ", b"-")


class Garbled(smtplib.SMTPException):
    """The server said something that is not SMTP."""


class Replies:
    """What was received and not yet taken. It is true while there is anything, be it half a reply."""

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._begun = b""
        self._said: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._lines or self._begun or self._said)

    def feed(self, received: bytes) -> None:
        """Bytes from the server."""
        *lines, self._begun = (self._begun + received).split(b"\n")
        self._lines.extend(lines)

    def take(self) -> Reply | None:
        """The next whole reply, of one or more lines; None if it is not there yet. Raises Garbled."""
        while self._lines:
            reply, is_last = _line(self._lines.popleft())
            if is_last and not self._said:
                return reply
            self._said.append(reply.text)
            if is_last:
                text, self._said = "\n".join(self._said), []
                return Reply(reply.code, text)
        if len(self._begun) > LONGEST_LINE or len(self._said) > MOST_LINES:
            raise Garbled("the server's answer has no end")
        return None


@lru_cache(maxsize=32)  # most of what a server says it says to every letter
def _line(line: bytes) -> tuple[Reply, bool]:
    """One line, and whether it is the last of its reply. Raises Garbled."""
    code, mark, text = line[:3], line[3:4].rstrip(b"\r"), line[4:].strip()
    if not code.isdigit() or mark not in AFTER_CODE:
        raise Garbled(f"the server's answer is not SMTP: {line[:80]!r}")
    return Reply(int(code), text.decode("utf-8", "replace")), mark != b"-"
