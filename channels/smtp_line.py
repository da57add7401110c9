"""One connection to a mail server on which every wait has an end."""

import smtplib
import socket
import ssl
from time import monotonic

from channels.smtp_address import SmtpAddress
from channels.smtp_failure import BROKEN
from channels.smtp_offer import Offer
from channels.smtp_opening import ENCRYPTED, Act, opening, own_name, tls_context
from channels.smtp_replies import Garbled, Replies
from channels.smtp_reply import Reply

IDLE = 15.0  # seconds after which we ask whether the server is still there


class Line:
    """A blocking conversation.

    Reading and writing end at `until` (a reading of `time.monotonic`), and a reply within the address's `timeout`
    seconds, even if the server sends its bytes one by one. Only the look-up of the host's name is left to the system's
    own limit. `letters`: how many have been handed over on it. `offer`: what the server can do, once it is open.
    """

    def __init__(self, where: SmtpAddress, until: float) -> None:
        self.where, self.until = where, until
        self.letters = 0
        self.offer = Offer()
        self._connection: socket.socket | None = None
        self._replies = Replies()
        self._used_at = monotonic()

    def open(self) -> None:
        """Connect, say who we are, turn on TLS, sign in. Raises one of BROKEN."""
        self._connection = self._connected()
        dialogue = opening(self.where, own_name(self.where, self._connection.getsockname()[0]))
        move = next(dialogue)
        while True:
            try:
                move = dialogue.send(self._made(move))
            except StopIteration as over:
                self.offer = over.value
                return

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
        connection = self._within(self.until)
        connection.settimeout(0)
        try:
            self._replies.feed(connection.recv(4096))
        except (BlockingIOError, ssl.SSLWantReadError):
            return bool(self._replies)
        return True

    def ask(self, command: str) -> Reply:
        """Say one command and hear its reply."""
        self._send(f"{command}\r\n".encode())
        return self._hear(self._patience_ends())

    def deliver(self, data: bytes) -> None:
        """The letter (see `Letter.data`), and alone at the end the dot: if this raises, the server never had it."""
        self._send(data)
        if self.has_spoken():
            reply = self._hear(self._patience_ends())
            raise smtplib.SMTPResponseException(reply.code, reply.text)
        self._send(b".\r\n")
        self.letters += 1

    def verdict(self, until: float) -> Reply:
        """The reply to a whole letter, which may take until `until`, however short other replies must be."""
        self.until = until
        return self._hear(until)

    def say_goodbye(self) -> None:
        """Leave politely, without waiting for an answer."""
        try:
            self.until = monotonic() + 1
            self._send(b"QUIT\r\n")
        except BROKEN:
            pass

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _made(self, move: str | Act) -> Reply:
        """One move of the opening."""
        if move is Act.ENCRYPT:
            return self._encrypt()
        return self._hear(self._patience_ends()) if isinstance(move, Act) else self.ask(move)

    def _send(self, content: bytes) -> None:
        """Hand bytes to the network: all of them, or raise."""
        self._within(self._patience_ends()).sendall(content)
        self._used_at = monotonic()

    def _hear(self, until: float) -> Reply:
        while (reply := self._replies.take()) is None:
            received = self._within(until).recv(4096)
            if not received:
                raise smtplib.SMTPServerDisconnected("the server closed the connection")
            self._replies.feed(received)
        self._used_at = monotonic()
        return reply

    def _patience_ends(self) -> float:
        return min(monotonic() + self.where.timeout, self.until)

    def _within(self, until: float) -> socket.socket:
        if self._connection is None:
            raise smtplib.SMTPServerDisconnected("there is no connection")
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError("the server did not answer in time")
        self._connection.settimeout(left)
        return self._connection

    def _connected(self) -> socket.socket:
        left = max(self._patience_ends() - monotonic(), 0.001)
        plain = socket.create_connection((self.where.host, self.where.port), left)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._wrapped(plain) if self.where.tls else plain

    def _encrypt(self) -> Reply:
        if self._replies:
            raise Garbled("the server spoke past its STARTTLS, as an eavesdropper would make it")
        self._connection = self._wrapped(self._within(self._patience_ends()))
        return ENCRYPTED

    def _wrapped(self, plain: socket.socket) -> ssl.SSLSocket:
        try:
            return tls_context(self.where).wrap_socket(plain, server_hostname=self.where.host)
        except BaseException:
            plain.close()
            raise
