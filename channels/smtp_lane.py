"""One of the kept connections of a bulk sending: opened when there is a letter for it, and again when it is gone."""

import asyncio
from datetime import timedelta

from channels.answer import Delayed
from channels.letter import Letter
from channels.smtp_address import SmtpAddress
from channels.smtp_connection import Connection
from channels.smtp_desk import Desk
from channels.smtp_failure import unavailable
from channels.wire import Unavailable

REST = timedelta(seconds=5)
"""How long after a failed connection no other is tried."""


class Lane:
    """`connection`: the one that stands now, if any."""

    def __init__(self, where: SmtpAddress, desk: Desk, rest: timedelta = REST) -> None:
        self.connection: Connection | None = None
        self._where, self._desk, self._rest = where, desk, rest.total_seconds()
        self._held: Letter | None = None

    async def work(self) -> None:
        """Send until the desk has no more. Whatever ends it, every letter that it took gets its answer."""
        try:
            while await self._has_letter():
                await self._send()
        finally:
            self._answer_held(Delayed("The sending was stopped before the letter's turn"))

    async def _has_letter(self) -> bool:
        while self._held is None:
            self._held = self._desk.take()
            if self._held is None and not await self._desk.wait():
                return False
        return True

    async def _send(self) -> None:
        """Letters over one connection."""
        self._desk.open += 1
        try:
            self.connection = await Connection.open(self._where)
        except Exception as failure:  # nothing of a letter was on it, so all of it means the same
            self._desk.open -= 1
            await self._do_without(unavailable(self._where, failure))
            return
        except BaseException:
            self._desk.open -= 1
            raise
        await self._converse(self.connection)

    async def _converse(self, connection: Connection) -> None:
        first, self._held = self._held, None
        assert first is not None
        stopped: object = "the sending was stopped"
        try:
            await connection.converse(self._desk, first)
        finally:
            self._desk.open -= 1
            self.connection = None
            connection.close()
            if connection.talk is not None:
                self._held = connection.talk.lost(connection.loss or stopped)

    async def _do_without(self, why: Unavailable) -> None:
        """Leave the letters to the other connections; if there are none, put them off as long as we rest."""
        if self._desk.open:
            held, self._held = self._held, None
            assert held is not None
            self._desk.give_back(held)
            await self._until_exhausted()
            return
        answer = Delayed(str(why), why.wait)
        self._answer_held(answer)
        try:
            async with asyncio.timeout(self._rest):
                while await self._has_letter() and not self._desk.open:
                    self._answer_held(answer)
                    await asyncio.sleep(0)
        except TimeoutError:
            pass

    async def _until_exhausted(self) -> None:
        try:
            async with asyncio.timeout(self._rest):
                await self._desk.exhausted.wait()
        except TimeoutError:
            pass

    def _answer_held(self, answer: Delayed) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._desk.put(held, answer)
