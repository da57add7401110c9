"""What is said about letters on an open connection, and what is made of the replies; another carries the bytes.

With PIPELINING (RFC 2920) there is one write and one wait for a letter: its body, its final dot, and MAIL, RCPT and
DATA of the next. Without it every command waits for its reply.
"""

import smtplib
from collections import deque
from collections.abc import Callable
from math import inf

from channels.answer import Receipt, Refused
from channels.letter import Letter
from channels.mime import domain_of, message_id
from channels.smtp_address import SmtpAddress
from channels.smtp_desk import Desk
from channels.smtp_failure import lost_after, lost_before
from channels.smtp_offer import Offer
from channels.smtp_replies import Garbled
from channels.smtp_reply import Reply, Stage, objection

LARGE = 32_768  # bytes; the dot of a larger letter is held back until the network has taken the rest
BEGINNING = (Stage.SENDER, Stage.RECIPIENT, Stage.DATA)


class Farewell(smtplib.SMTPException):
    """The server ends the conversation."""


class Talk:
    """One conversation. All replies that came are heard, one by one; then `act` says what is next.

    `write`: hands bytes to the network. `ends_at`: when, by the clock of `now`, the server has been silent for too
    long. `letters`: how many have been handed over. `is_idle`: there is nothing to say.
    `is_half_said`: a large letter was written but for its dot, which `act` adds when the network has taken the rest.
    """

    def __init__(self, where: SmtpAddress, offer: Offer, desk: Desk, write: Callable[[bytes], None]) -> None:
        self.ends_at = inf
        self.letters = 0
        self.is_idle = True
        self.is_half_said = False
        self._where, self._offer, self._desk, self._write = where, offer, desk, write
        self._expected: deque[Stage] = deque()
        self._unsaid: deque[tuple[Stage, bytes]] = deque()
        self._announced: Letter | None = None  # MAIL, RCPT and DATA are said, or about to be
        self._handed: Letter | None = None  # its final dot is sent, and not answered
        self._refused_at: Stage | None = None
        self._is_wanted = False  # the server waits for the letter that was announced
        self._needs_reset = False
        self._began_at = 0.0

    @property
    def is_worn(self) -> bool:
        """Whether the connection has carried as many letters as it may."""
        return self.letters >= self._where.reuse

    def begin(self, now: float, first: Letter | None = None) -> None:
        """Say the first words about the next letter, which is `first` if given; idle if there is none."""
        self._began_at = now
        if group := self._announcement(first):
            self._write(group)
        elif self._unsaid:
            self._say()
        self.is_idle = self._announced is None
        self.ends_at = inf if self.is_idle else self._soon(now)

    def hear(self, reply: Reply, now: float) -> None:
        """A reply of the server. Raises one of BROKEN if the conversation cannot go on."""
        if not self._expected:
            raise Farewell(str(reply))
        stage = self._expected.popleft()
        if stage is Stage.LETTER:
            self._began_at = now  # with the letter announced behind it
            self._settle(reply)
        elif stage is Stage.DATA:
            self._hear_data(reply)
        elif stage in BEGINNING:
            if reply.code // 100 != 2:
                self._object(stage, reply)
        elif reply.code == 421 or (stage is Stage.RESET and reply.code != 250):
            raise Farewell(str(reply))

    def act(self, now: float) -> None:
        """Say what comes next, if the server has answered all that was said."""
        if self._expected:
            if self._handed is None:
                self.ends_at = self._soon(now)
        elif self._unsaid:
            self._say()
            self.ends_at = self._soon(now)
        elif self._is_wanted:
            self._deliver(now)
        elif not self.is_idle:
            self.begin(now)

    def lost(self, loss: object) -> Letter | None:
        """The connection is gone: answer for what was on it. Returns a letter that may be begun on another one."""
        handed, self._handed = self._handed, None
        announced, self._announced = self._announced, None
        again = announced if self._is_stale() else None
        self.is_idle, self.ends_at = True, inf
        try:
            if handed is not None:
                self._desk.put(handed, lost_after(self._where, loss))
        finally:
            if announced is not None and again is None:
                self._desk.put(announced, lost_before(self._where, loss))
        return again

    def _is_stale(self) -> bool:
        """Whether the server took letters before and has not yet answered to this one: it may just have left."""
        waits = Stage.SENDER in self._expected or any(stage is Stage.SENDER for stage, _ in self._unsaid)
        return waits and self.letters > 0

    def _soon(self, now: float) -> float:
        return min(now + self._where.timeout, self._began_at + self._where.total / 2)

    def _announcement(self, first: Letter | None = None) -> bytes:
        """Take a letter. All that announces it; nothing where each command has to wait, and is laid aside."""
        self._announced = letter = self._suitable(first)
        if letter is None:
            return b""
        stages: tuple[Stage, ...] = BEGINNING
        group = f"{self._offer.mail(letter)}\r\nRCPT TO:<{letter.to}>\r\nDATA\r\n".encode()
        if self._needs_reset:
            stages, group = (Stage.RESET, *BEGINNING), b"RSET\r\n" + group
        self._needs_reset, self._refused_at = False, None
        if self._offer.pipelining:
            self._expected.extend(stages)
            return group
        self._unsaid.extend(zip(stages, group.splitlines(keepends=True), strict=True))
        return b""

    def _suitable(self, first: Letter | None) -> Letter | None:
        """The next letter that this server can take; those that it cannot are refused."""
        letter = first or self._taken()
        while letter is not None:
            letter = letter if self._offer.eight_bit else letter.plain()
            letter = letter.signed(self._where.dkim) if self._where.dkim else letter
            problem = letter.defect or self._offer.problem(letter)
            if not problem:
                return letter
            self._desk.put(letter, Refused(problem))
            letter = self._taken()
        return None

    def _taken(self) -> Letter | None:
        return None if self.is_worn else self._desk.take()

    def _say(self) -> None:
        """One command that was laid aside."""
        stage, command = self._unsaid.popleft()
        self._expected.append(stage)
        self._write(command)

    def _hear_data(self, reply: Reply) -> None:
        is_wanted = reply.code // 100 == 3
        if self._announced is not None:
            self._is_wanted = is_wanted
            if not is_wanted:
                self._object(Stage.DATA, reply)
        elif reply.code == 421:
            raise Farewell(str(reply))
        elif is_wanted and self._refused_at is Stage.RECIPIENT:  # RFC 2920, 3.1; it goes to nobody
            self._unsaid.append((Stage.EMPTY, b".\r\n"))
        elif is_wanted:
            raise Garbled("the server wants a letter whose sender it refused")

    def _object(self, stage: Stage, reply: Reply) -> None:
        """The server does not want the announced letter; what it says to the rest of the announcement is no news."""
        if stage is Stage.SENDER and reply.code == 421 and self.letters:
            self._expected.appendleft(stage)  # the letter may be begun elsewhere
            raise Farewell(str(reply))
        letter, self._announced = self._announced, None
        self._needs_reset = True
        self._unsaid.clear()
        if letter is not None:
            self._refused_at = stage
            self._desk.put(letter, objection(stage, reply))
        if reply.code == 421:
            raise Farewell(str(reply))

    def _deliver(self, now: float) -> None:
        """The letter, its final dot, and what announces the next one."""
        letter = self._announced
        assert letter is not None
        if len(letter.data) > LARGE and not self.is_half_said:
            self.is_half_said, self.ends_at = True, self._soon(now)
            self._write(letter.data)
            return
        data = b"" if self.is_half_said else letter.data
        self.is_half_said = self._is_wanted = False
        self.letters += 1
        self._expected.append(Stage.LETTER)
        following = self._following()
        self._handed = letter
        self.ends_at = self._began_at + self._where.total
        self._write(b"".join((data, b".\r\n", following)))

    def _following(self) -> bytes:
        if self._offer.pipelining:
            return self._announcement()
        self._announced = None
        return b""

    def _settle(self, reply: Reply) -> None:
        """The server's last word about a letter."""
        letter, self._handed = self._handed, None
        assert letter is not None
        if reply.code // 100 == 2:
            name = letter.message_id or message_id(letter.key, self._where.domain or domain_of(letter.sender))
            self._desk.put(letter, Receipt(name, proven=self._where.is_final, detail=str(reply)))
            return
        self._needs_reset = self._announced is None
        self._desk.put(letter, objection(Stage.LETTER, reply))
        if reply.code // 100 not in (4, 5) or reply.code == 421:
            raise Farewell(str(reply))
