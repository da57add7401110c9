"""Email through any mail server that speaks SMTP (RFC 5321), one letter at a time on a connection that is kept.

| went wrong                              | answer                                                         |
|-----------------------------------------|----------------------------------------------------------------|
| connecting, TLS, signing in             | Delayed, and so is the rest of the batch                       |
| before the letter's turn                | Refused: no such address, too large, letters it cannot spell   |
| the server objected                     | by the table in `smtp_reply`; after a 421 on a new connection  |
| lost or silent before the final dot     | Delayed, and the next letter gets a new connection             |
| lost or silent after the final dot      | Unknown, and the next letter gets a new connection             |
"""

import threading
from datetime import UTC, datetime, timedelta
from time import monotonic

from channels import smtp_pipeline
from channels.answer import Answer, Receipt
from channels.channel import Channel
from channels.envelope import Envelope, Sender
from channels.letter import Letter
from channels.skeleton import Skeleton
from channels.smtp_address import SmtpAddress
from channels.smtp_desk import Put, Take
from channels.smtp_failure import BROKEN, lost_after, lost_before, unavailable
from channels.smtp_line import Line
from channels.smtp_reply import Reply, Stage, objection
from channels.wire import Unavailable, Unsendable, Wire

STREAM = 8
"""Connections of one stream: enough to keep a mail server busy while others wait for its answers."""


class Stale(Exception):
    """A kept connection turned out to be gone before the letter was announced on it."""


class Smtp(Wire):
    """A mail relay, or the recipients' own server (`proof=final`). The address is described at `SmtpAddress`."""

    name = "smtp"
    schemes = ("smtp", "smtps")
    carries = frozenset({"email"})
    pours = True
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

    def skeleton(self, sender: Sender, *, reply_to: str = "", language: str = "", bounces: str = "") -> Skeleton:
        return Skeleton(
            sender,
            reply_to=reply_to,
            language=language,
            return_path=bounces,
            is_tagged=bool(bounces),
            domain=self.where.domain,
        )

    async def pour(self, take: Take, put: Put) -> None:
        await smtp_pipeline.run(self.where, STREAM, take, put)

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
            line.deliver(letter.data)
        except BROKEN as lost:
            self._drop()
            return lost_before(self.where, lost)
        try:
            reply = line.verdict(end)
        except BROKEN as lost:
            self._drop()
            return lost_after(self.where, lost)
        if reply.code // 100 == 2:
            return Receipt(letter.message_id, proven=self.where.is_final, detail=str(reply))
        self._recover(line, reply)
        return objection(Stage.LETTER, reply)

    def _announce(self, line: Line, letter: Letter) -> Answer | None:
        """MAIL, RCPT and DATA; the server's objection, or None if it waits for the letter."""
        announcement = (
            (Stage.SENDER, line.offer.mail(letter), 2),
            (Stage.RECIPIENT, f"RCPT TO:<{letter.to}>", 2),
            (Stage.DATA, "DATA", 3),
        )
        for stage, command, welcome in announcement:
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
        at = envelope.written_at or datetime.now(UTC)
        try:
            eight_bit = line.offer.eight_bit and not self.where.dkim
            letter = Letter.of(envelope, at, self.where.domain, eight_bit=eight_bit).signed(self.where.dkim)
        except ValueError as wrong:
            raise Unsendable(str(wrong)) from None
        if problem := line.offer.problem(letter):
            raise Unsendable(problem)
        return letter

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
        if kept and kept.letters < self.where.reuse and kept.is_alive(until):
            return kept
        self.close()
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
            why = unavailable(self.where, failure)
            self._resting = (monotonic() + self.rest.total_seconds(), why)
            raise why from None
        except BaseException:
            line.close()
            raise
        return line
