"""Replies of a mail server, put together from its bytes however they come."""

import smtplib
from collections import deque

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
        self._said: list[bytes] = []

    def __bool__(self) -> bool:
        return bool(self._lines or self._begun or self._said)

    def feed(self, received: bytes) -> None:
        """Bytes from the server."""
        *lines, self._begun = (self._begun + received).split(b"\n")
        self._lines.extend(lines)

    def take(self) -> Reply | None:
        """The next whole reply, of one or more lines; None if it is not there yet. Raises Garbled."""
        while self._lines:
            line = self._lines.popleft().rstrip(b"\r")
            if not line[:3].isdigit() or line[3:4] not in AFTER_CODE:
                raise Garbled(f"the server's answer is not SMTP: {line[:80]!r}")
            self._said.append(line[4:].strip())
            if line[3:4] != b"-":
                text, self._said = b"\n".join(self._said), []
                return Reply(int(line[:3]), text.decode("utf-8", "replace"))
        if len(self._begun) > LONGEST_LINE or len(self._said) > MOST_LINES:
            raise Garbled("the server's answer has no end")
        return None
