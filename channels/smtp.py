"""Email through any mail server that speaks SMTP (RFC 5321), one letter at a time on a connection that is kept.

| went wrong                              | answer                                                         |
|-----------------------------------------|----------------------------------------------------------------|
| connecting, TLS, signing in             | Delayed, and so is the rest of the batch                       |
| before the letter's turn                | Refused: no such address, too large, letters it cannot spell   |
| the server objected                     | by the table in `smtp_reply`; after a 421 on a new connection  |
| lost or silent before the final dot     | Delayed, and the next letter gets a new connection             |
| lost or silent after the final dot      | Unknown, and the next letter gets a new connection             |
"""

import smtplib
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from channels import mime
from channels.answer import Answer, Delayed, Receipt, Unknown
from channels.channel import Channel
from channels.domain import ascii_domain
from channels.envelope import Envelope
from channels.smtp_address import SmtpAddress
from channels.smtp_line import BROKEN, Line
from channels.smtp_reply import LATER, Reply, Stage, objection
from channels.wire import Unavailable, Unsendable, Wire

SOON = timedelta(minutes=1)
AFTER_A_PERSON_LOOKED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes over the line for one envelope: what is said first, the message, and its name in the world."""

    announcement: tuple[tuple[Stage, str, int], ...]
    message: bytes
    reference: str


class Stale(Exception):
    """A kept connection turned out to be gone before the letter was announced on it."""


class Smtp(Wire):
    """A mail relay, or the recipients' own server (`proof=final`). The address is described at `SmtpAddress`."""

    name = "smtp"
    schemes = ("smtp", "smtps")
    carries = frozenset({"email"})
    rest = timedelta(seconds=5)
    """How long after a failed connection envelopes are put off without another try."""

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        self.where = SmtpAddress.parse(address)
        self.time_limit = timedelta(seconds=self.where.total)
        self._own = threading.local()
        self._resting = (0.0, Unavailable(""))

    def send_one(self, envelope: Envelope) -> Answer:
        started = monotonic()
        try:
            return self._hand_over(envelope, started)
        except Stale:
            self._drop()
            return self._hand_over(envelope, started)
        except (Unavailable, Unsendable):
            raise
        except BaseException:  # whatever it was, the line is in the middle of something
            self._drop()
            raise

    def close(self) -> None:
        if line := self._kept():
            line.say_goodbye()
        self._drop()

    def _hand_over(self, envelope: Envelope, started: float) -> Answer:
        halfway, end = started + self.where.total / 2, started + self.where.total
        line = self._line(halfway)
        letter = self._letter(envelope, line)
        try:
            if objecting := self._announce(line, letter):
                return objecting
            line.deliver(letter.message)
        except BROKEN as lost:
            self._drop()
            return Delayed(f"{self.where} was lost before it had the letter: {lost}", SOON)
        try:
            reply = line.verdict(end)
        except BROKEN as lost:
            self._drop()
            return Unknown(f"{self.where} had the whole letter and was lost before it answered: {lost}")
        if reply.code // 100 == 2:
            return Receipt(letter.reference, proven=self.where.is_final, detail=str(reply))
        self._recover(line, reply)
        return objection(Stage.LETTER, reply)

    def _announce(self, line: Line, letter: Letter) -> Answer | None:
        """MAIL, RCPT and DATA; the server's objection, or None if it waits for the letter."""
        for stage, command, welcome in letter.announcement:
            try:
                reply = line.ask(command)
            except BROKEN:
                if stage is Stage.SENDER and line.letters:
                    raise Stale from None
                raise
            if reply.code == 421 and stage is Stage.SENDER and line.letters:
                raise Stale
            if reply.code // 100 != welcome:
                self._recover(line, reply)
                return objection(stage, reply)
        return None

    def _recover(self, line: Line, reply: Reply) -> None:
        """Make the line good for the next letter after an objection."""
        try:
            if reply.code != 421 and line.ask("RSET").code == 250:
                return
        except BROKEN:
            pass
        self._drop()

    def _letter(self, envelope: Envelope, line: Line) -> Letter:
        eight_bit, utf8 = line.has_extn("8bitmime"), line.has_extn("smtputf8")
        at = envelope.written_at or datetime.now(UTC)
        try:
            message = mime.build(envelope, at, self.where.domain, eight_bit=eight_bit, utf8=utf8)
        except ValueError as problem:
            raise Unsendable(str(problem)) from None
        if 0 < line.largest < len(message):
            raise Unsendable(f"The letter has {len(message):,} bytes; {self.where} takes {line.largest:,}")
        options = f" SIZE={len(message)}" if line.has_extn("size") else ""
        options += " BODY=8BITMIME" if eight_bit and not message.isascii() else ""
        options += " SMTPUTF8" if mime.needs_utf8(envelope) else ""
        return Letter(
            announcement=(
                (Stage.SENDER, f"MAIL FROM:<{_spelt(envelope.sender.address)}>{options}", 2),
                (Stage.RECIPIENT, f"RCPT TO:<{_spelt(envelope.to)}>", 2),
                (Stage.DATA, "DATA", 3),
            ),
            message=message,
            reference=mime.message_id(envelope.key, self.where.domain or mime.domain_of(envelope.sender.address)),
        )

    def _kept(self) -> Line | None:
        line: Line | None = getattr(self._own, "line", None)
        return line

    def _drop(self) -> None:
        if line := self._kept():
            line.close()
        self._own.line = None

    def _line(self, until: float) -> Line:
        """The calling thread's connection: the kept one if it still stands, else a new one. Raises Unavailable."""
        kept = self._kept()
        if kept and kept.is_alive(until):
            return kept
        self._drop()
        rests_until, why = self._resting
        if monotonic() < rests_until:
            raise Unavailable(str(why), why.wait)
        self._own.line = line = self._opened(until)
        return line

    def _opened(self, until: float) -> Line:
        line = Line(self.where, until)
        try:
            line.open()
        except Exception as failure:  # nothing of a letter was on it, so all of it means the same
            line.close()
            why = _unavailable(self.where, failure)
            self._resting = (monotonic() + self.rest.total_seconds(), why)
            raise why from None
        except BaseException:
            line.close()
            raise
        return line


def _unavailable(where: SmtpAddress, failure: Exception) -> Unavailable:
    """Why there is no connection, in a sentence for whoever has to see to it."""
    match failure:
        case smtplib.SMTPAuthenticationError():
            said = Line.reply(failure.smtp_code, failure.smtp_error)
            return Unavailable(f"{where} does not accept the user name and password: {said}", AFTER_A_PERSON_LOOKED)
        case smtplib.SMTPResponseException():
            said = Line.reply(failure.smtp_code, failure.smtp_error)
            return Unavailable(f"{where} does not want to talk: {said}", said.wait or LATER)
        case ssl.SSLError():
            return Unavailable(f"No safe connection to {where}: {failure}", LATER)
        case _:
            return Unavailable(f"No connection to {where}: {failure}", SOON)


def _spelt(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"
