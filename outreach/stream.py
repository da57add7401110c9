"""A convoy over a wire that takes a stream: one thread talks to the database, the other to the network."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeVar

from campaigns.moment import now
from channels import loop
from channels.answer import Answer, Delayed, Refused
from channels.letter import Letter
from channels.wire import Wire
from outreach import journal
from outreach.chunk import Chunk
from outreach.chunk_claim import Reader
from outreach.convoy import Aside, Batch, Convoy
from outreach.journal import Line

T = TypeVar("T")
LOW = 32  # letters left to send when the next window is asked for
LONGEST_SILENCE = 1.0  # seconds after which answers are written down although no window is wanted
STOPPED = Delayed("The sending was stopped before the letter's turn")


class Sent(NamedTuple):
    """Where a letter on the wire belongs."""

    chunk: int
    place: int
    sheet: int | None


class Stream:
    """Letters are printed in the thread of the network, a window at a time, while the database gets the next one ready.

    The thread that calls `run` keeps its database connection and serves the other.
    """

    def __init__(self, convoy: Convoy, wire: Wire) -> None:
        self._convoy, self._wire = convoy, wire
        self._asked = SimpleQueue[asyncio.Event | None]()
        self._waiting: asyncio.Event | None = None
        self._has_more = True
        self._arrived = deque[Batch]()
        self._ready = deque[Letter]()
        self._on_the_way: dict[str, Sent] = {}
        self._lines, self._aside = deque[Line](), deque[Aside]()

    def run(self) -> None:
        """Send until the convoy has no more. Whatever ends it, what came back is written down."""
        with ThreadPoolExecutor(1, "stream") as thread:
            sending = thread.submit(loop.run_here, self._send)
            sending.add_done_callback(lambda _: self._asked.put(None))
            try:
                self._serve()
            except BaseException:
                self._refuse()
                raise
            finally:
                self._finish()
            sending.result()

    def _serve(self) -> None:
        """Answer each wish for a window, until the sending has ended."""
        while True:
            try:
                wish = self._asked.get(timeout=LONGEST_SILENCE)
            except Empty:
                self._convoy.write_down(_taken(self._lines), _taken(self._aside))
                continue
            if wish is None:
                return
            self._fulfil(wish)

    def _fulfil(self, wish: asyncio.Event) -> None:
        try:
            batch = self._convoy.next(_taken(self._lines), _taken(self._aside))
            if batch is None:
                self._has_more = False
            else:
                self._arrived.append(batch)
        finally:
            self._wake(wish)

    def _refuse(self) -> None:
        """Hand out nothing more, and wait until the network has answered for all that it took."""
        self._has_more = False
        while (wish := self._asked.get()) is not None:
            self._wake(wish)

    def _wake(self, wish: asyncio.Event) -> None:
        with suppress(RuntimeError):  # the loop is closed, so that nobody waits
            self._loop.call_soon_threadsafe(wish.set)

    def _finish(self) -> None:
        while self._ready:
            self._put(self._ready.popleft(), STOPPED)
        for chunk, _, readers in _taken(self._arrived):
            for reader in readers:
                self._lines.append(self._line(chunk, reader, STOPPED))
        self._convoy.end(_taken(self._lines), _taken(self._aside))

    async def _send(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._wire.pour(self._take, self._put, self._more)

    def _take(self) -> Letter | None:
        if not self._ready:
            self._print()
        if len(self._ready) < LOW:
            self._ask()
        return self._ready.popleft() if self._ready else None

    def _ask(self) -> None:
        """Wish for another window, unless one is on its way or there are none left."""
        if self._has_more and not self._arrived and (self._waiting is None or self._waiting.is_set()):
            self._waiting = asyncio.Event()
            self._asked.put(self._waiting)

    async def _more(self) -> bool:
        self._ask()
        if self._waiting is not None:
            await self._waiting.wait()
        return self._has_more or bool(self._arrived or self._ready)

    def _print(self) -> None:
        while self._arrived and not self._ready:
            chunk, press, readers = self._arrived.popleft()
            for reader in readers:
                try:
                    printed = press.letter(reader, chunk.due_at)
                except ValueError as problem:
                    self._lines.append(self._line(chunk, reader, Refused(str(problem))))
                    continue
                if printed is None:
                    self._aside.append((chunk.pk, reader.place))
                    continue
                letter, sheet = printed
                self._on_the_way[letter.key] = Sent(chunk.pk, reader.place, sheet)
                self._ready.append(letter)

    def _put(self, letter: Letter, answer: Answer) -> None:
        chunk, place, sheet = self._on_the_way.pop(letter.key)
        self._lines.append(journal.line(chunk, place, sheet, self._wire.name, answer, now()))

    def _line(self, chunk: Chunk, reader: Reader, answer: Answer) -> Line:
        return journal.line(chunk.pk, reader.place, None, self._wire.name, answer, now())


def _taken(waiting: deque[T]) -> list[T]:
    """All that is there now; the other thread may go on putting in."""
    return [waiting.popleft() for _ in range(len(waiting))]
