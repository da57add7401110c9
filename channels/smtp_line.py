"""One connection to a mail server on which every wait has an end."""

import re
import smtplib
import socket
import ssl
from base64 import b64decode, b64encode
from time import monotonic
from typing import Any

from channels.smtp_address import SmtpAddress
from channels.smtp_reply import Reply

LONGEST_REPLY_LINE = 8192
MOST_REPLY_LINES = 200
MOST_CHALLENGES = 5
IDLE = 15.0  # seconds after which we ask whether the server is still there
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

BROKEN = (OSError, smtplib.SMTPException)
"""What a line raises when it cannot go on; it must be closed then."""


class Garbled(smtplib.SMTPException):
    """The server said something that is not SMTP."""


class Line(smtplib.SMTP):
    """The standard library's client, with our own hand on the socket.

    Reading and writing end at `until` (a reading of `time.monotonic`), and a reply within `timeout` seconds, even if
    the server sends its bytes one by one. Only the look-up of the host's name is left to the system's own limit.
    `letters`: how many have been handed over on it.
    """

    def __init__(self, where: SmtpAddress, until: float) -> None:
        super().__init__(local_hostname=where.domain or "localhost", timeout=where.timeout)
        self.where = where
        self.until = until
        self.letters = 0
        self._host = where.host  # the name that the certificate of STARTTLS must bear
        self._received = b""
        self._used_at = monotonic()

    @staticmethod
    def reply(code: int, text: bytes | str) -> Reply:
        """A reply in the words of the standard library."""
        return Reply(code, text.decode("utf-8", "replace") if isinstance(text, bytes) else text)

    @property
    def largest(self) -> int:
        """The most bytes the server takes in one letter; 0 if it did not say."""
        size = self.esmtp_features.get("size", "").strip()
        return int(size) if size.isdigit() else 0

    def open(self) -> None:
        """Connect, say who we are, turn on TLS, sign in. Raises one of BROKEN."""
        code, text = self.connect(self.where.host, self.where.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        self.ehlo_or_helo_if_needed()
        if self._wants_starttls():
            self._encrypt()
        if self.where.user:
            self.login(self.where.user, self.where.password)

    def is_alive(self, until: float) -> bool:
        """Whether a kept line can be used again: it has not been hung up, and answers if it was silent for long."""
        self.until = until
        try:
            if self.has_spoken():
                return False
            return monotonic() - self._used_at < IDLE or self.ask("NOOP").code == 250
        except BROKEN:
            return False

    def has_spoken(self) -> bool:
        """Whether the server said something unasked, which is a farewell, or has hung up."""
        connection = self._socket(self.until)
        connection.settimeout(0)
        try:
            self._received += connection.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return bool(self._received)
        return True

    def ask(self, command: str) -> Reply:
        """Say one command and hear its reply."""
        self.putcmd(command)
        return self.reply(*self.getreply())

    def deliver(self, message: bytes) -> None:
        """The letter, and alone at the end the dot that makes it the server's: if this raises, it never had it."""
        self.send(LEADING_DOT.sub(b"..", message))
        if self.has_spoken():
            raise smtplib.SMTPResponseException(*self.getreply())
        self.send(b".\r\n")
        self.letters += 1

    def verdict(self, until: float) -> Reply:
        """The reply to a whole letter, which may take until `until`, however short other replies must be."""
        self.until, patience = until, self.timeout
        self.timeout = max(until - monotonic(), 0.0)
        try:
            return self.reply(*self.getreply())
        finally:
            self.timeout = patience

    def auth(self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """The exchange of one way to sign in, as the standard library has it but for names beyond ASCII (RFC 4616)."""
        first = authobject() if initial_response_ok else None
        reply = self.ask(f"AUTH {mechanism}" if first is None else f"AUTH {mechanism} {_base64(first)}")
        for _ in range(MOST_CHALLENGES):
            if reply.code != 334:
                break
            reply = self.ask(_base64(authobject(b64decode(reply.text))))
        if reply.code not in (235, 503):
            raise smtplib.SMTPAuthenticationError(reply.code, reply.text)
        return reply.code, reply.text.encode()

    def say_goodbye(self) -> None:
        """Leave politely, without waiting for an answer."""
        try:
            self.until = monotonic() + 1
            self.putcmd("QUIT")
        except BROKEN:
            pass

    def send(self, s: object) -> None:
        """Hand bytes to the network: all of them, or raise."""
        assert isinstance(s, (str, bytes))
        self._socket(self._patience_ends()).sendall(s.encode() if isinstance(s, str) else s)
        self._used_at = monotonic()

    def getreply(self) -> tuple[int, bytes]:
        """One reply of one or more lines, which has to be there as a whole within `timeout` seconds."""
        until = self._patience_ends()
        lines: list[bytes] = []
        while len(lines) < MOST_REPLY_LINES:
            line = self._read_line(until)
            if not line[:3].isdigit() or line[3:4] not in (b"", b" ", b"-"):
                raise Garbled(f"the server's answer is not SMTP: {line[:80]!r}")
            lines.append(line[4:].strip())
            if line[3:4] != b"-":
                self._used_at = monotonic()
                return int(line[:3]), b"\n".join(lines)
        raise Garbled("the server's answer has no end")

    def _patience_ends(self) -> float:
        return min(monotonic() + self.timeout, self.until)

    def _read_line(self, until: float) -> bytes:
        while b"\n" not in self._received:
            if len(self._received) > LONGEST_REPLY_LINE:
                raise Garbled("the server's answer has no end")
            chunk = self._socket(until).recv(4096)
            if not chunk:
                raise smtplib.SMTPServerDisconnected("the server closed the connection")
            self._received += chunk
        line, _, self._received = self._received.partition(b"\n")
        return line.rstrip(b"\r")

    def _socket(self, until: float) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("there is no connection")
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError("the server did not answer in time")
        self.sock.settimeout(left)
        return self.sock

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        left = max(self._patience_ends() - monotonic(), 0.001)
        connection = socket.create_connection((host, port), left)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self.where.domain:
            self.local_hostname = _literal(connection)
        return self._context().wrap_socket(connection, server_hostname=host) if self.where.tls else connection

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.where.ca or None)

    def _wants_starttls(self) -> bool:
        if self.where.tls or self.where.starttls == "never":
            return False
        if not self.has_extn("starttls") and self.where.starttls == "required":
            raise smtplib.SMTPNotSupportedError("the server does not offer STARTTLS, which is required")
        return self.has_extn("starttls")

    def _encrypt(self) -> None:
        self._socket(self._patience_ends())
        code, text = self.starttls(context=self._context())
        if code != 220:
            raise smtplib.SMTPResponseException(code, text)
        if self._received:
            raise Garbled("the server spoke past its STARTTLS, as an eavesdropper would make it")
        self.ehlo_or_helo_if_needed()


def _base64(words: str) -> str:
    return b64encode(words.encode()).decode()


def _literal(connection: socket.socket) -> str:
    """Our own address in the form RFC 5321 (4.1.3) gives to hosts without a name."""
    own = connection.getsockname()[0]
    return f"[IPv6:{own}]" if ":" in own else f"[{own}]"
