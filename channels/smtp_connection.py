"""One connection to a mail server on an event loop."""

import asyncio
import smtplib
from collections.abc import Callable
from typing import Self, cast

from channels.letter import Letter
from channels.smtp_address import SmtpAddress
from channels.smtp_desk import Desk
from channels.smtp_failure import BROKEN
from channels.smtp_offer import Offer
from channels.smtp_opening import ENCRYPTED, Act, opening, own_name, tls_context
from channels.smtp_replies import Garbled, Replies
from channels.smtp_reply import Reply
from channels.smtp_talk import Talk


class Connection(asyncio.Protocol):
    """Carries one conversation: the opening, then a `Talk`.

    `loss`: why it is over, None while it stands. `defect`: set if the source of letters, or who is told the answers,
    raised something; the conversation is over then too.
    """

    def __init__(self, where: SmtpAddress) -> None:
        self.loss: Exception | None = None
        self.defect: Exception | None = None
        self.talk: Talk | None = None
        self._where = where
        self._offer = Offer()
        self._replies = Replies()
        self._is_paused = False
        self._news = asyncio.Event()
        self._clock = asyncio.get_running_loop().time

    @classmethod
    async def open(cls, where: SmtpAddress) -> Self:
        """Connect, say who we are, turn on TLS, sign in. Raises one of BROKEN."""
        connection = cls(where)
        try:
            async with asyncio.timeout(where.total / 2):
                await connection._open()
        except TimeoutError:
            connection.close()
            raise TimeoutError("the server did not answer in time") from None
        except BaseException:
            connection.close()
            raise
        return connection

    async def converse(self, desk: Desk, first: Letter) -> None:
        """Send letters until there are no more, the connection is worn, or is lost. Raises the `defect`."""
        self.talk = talk = Talk(self._where, self._offer, desk, self._transport.write)
        self._guarded(lambda talk: talk.begin(self._clock(), first), talk)
        while await self._is_idle(talk) and not talk.is_worn and await desk.wait() and self.loss is None:
            self._guarded(lambda talk: talk.begin(self._clock()), talk)
        if self.defect is not None:
            raise self.defect

    def check(self, now: float) -> None:
        """Break off if the server has been silent for too long."""
        if self.talk is not None and now > self.talk.ends_at:
            self.break_off(TimeoutError("the server did not answer in time"))

    def break_off(self, loss: Exception) -> None:
        """End it at once, as lost."""
        self.loss = self.loss or loss
        self._transport.abort()
        self._news.set()

    def close(self) -> None:
        """End it, politely if it stands and nothing is on it."""
        transport = getattr(self, "_transport", None)
        if transport is None:
            return
        if self.loss is None and self.talk is not None and self.talk.is_idle:
            transport.write(b"QUIT\r\n")
            transport.close()
        else:
            transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by name

    def data_received(self, data: bytes) -> None:
        if self.loss is not None:
            return
        self._replies.feed(data)
        if self.talk is None:
            self._news.set()
        else:
            self._guarded(self._hear, self.talk)

    def pause_writing(self) -> None:
        self._is_paused = True

    def resume_writing(self) -> None:
        self._is_paused = False
        if self.talk is not None and self.loss is None:
            self._guarded(lambda talk: self._act(talk, self._clock()), self.talk)

    def connection_lost(self, exc: Exception | None) -> None:
        self.loss = self.loss or exc or smtplib.SMTPServerDisconnected("the server closed the connection")
        self._news.set()

    def _guarded(self, step: Callable[[Talk], None], talk: Talk) -> None:
        """Whatever goes wrong ends this conversation; what is not the network's doing is raised later."""
        try:
            step(talk)
        except BROKEN as loss:
            self.break_off(loss)
        except Exception as defect:
            self.defect = defect
            self.break_off(defect)

    def _hear(self, talk: Talk) -> None:
        now = self._clock()
        while (reply := self._replies.take()) is not None:
            talk.hear(reply, now)
        if not self._replies:
            self._act(talk, now)

    def _act(self, talk: Talk, now: float) -> None:
        talk.act(now)
        if talk.is_half_said and not self._is_paused:
            talk.act(now)
        if talk.is_idle:
            self._news.set()

    async def _is_idle(self, talk: Talk) -> bool:
        """Wait until there is nothing to say; False if the connection was lost over it."""
        while self.loss is None and not talk.is_idle:
            self._news.clear()
            await self._news.wait()
        return self.loss is None

    async def _open(self) -> None:
        async with asyncio.timeout(self._where.timeout):
            await self._connect()
        dialogue = opening(self._where, own_name(self._where, self._transport.get_extra_info("sockname")[0]))
        move = next(dialogue)
        while True:
            try:
                async with asyncio.timeout(self._where.timeout):
                    reply = await self._made(move)
                move = dialogue.send(reply)
            except StopIteration as over:
                self._offer = over.value
                return

    async def _connect(self) -> None:
        context = tls_context(self._where) if self._where.tls else None
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, self._where.host, self._where.port, ssl=context)

    async def _made(self, move: str | Act) -> Reply:
        """One move of the opening."""
        if move is Act.ENCRYPT:
            return await self._encrypt()
        if isinstance(move, str):
            self._transport.write(f"{move}\r\n".encode())
        while (reply := self._replies.take()) is None:
            if self.loss is not None:
                raise self.loss
            self._news.clear()
            await self._news.wait()
        return reply

    async def _encrypt(self) -> Reply:
        if self._replies:
            raise Garbled("the server spoke past its STARTTLS, as an eavesdropper would make it")
        loop, context = asyncio.get_running_loop(), tls_context(self._where)
        encrypted = await loop.start_tls(self._transport, self, context, server_hostname=self._where.host)
        assert encrypted is not None
        self._transport = encrypted
        return ENCRYPTED
