"""A convoy over a wire that takes a stream: one thread talks to the database, the other to the network, in turns.

They do not work at the same time on purpose: two busy threads of one Python process get in each other's way, and while
one sender waits for the database another has the processor.
"""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
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
from outreach.press import Press

T = TypeVar("T")
LONGEST_SILENCE = 1.0  # seconds after which answers are written down although no window is wanted
STOPPED = Delayed("The sending was stopped before the letter's turn")


class Sent(NamedTuple):
    """Where a letter on the wire belongs."""

    chunk: int
    place: int
    sheet: int | None


class Stream:
    """Letters are printed and sent a window at a time, in a thread of the network's own.

    The thread that calls `run` keeps its database connection, and serves the other.
    """

    def __init__(self, convoy: Convoy, wire: Wire) -> None:
        self._convoy, self._wire = convoy, wire
        self._wishes, self._windows = SimpleQueue[bool](), SimpleQueue[Batch | None]()
        self._has_more = True
        self._ready = deque[Letter]()
        self._on_the_way: dict[str, Sent] = {}
        self._lines, self._aside = deque[Line](), deque[Aside]()

    def run(self) -> None:
        """Send until the convoy has no more. Whatever ends it, what came back is written down."""
        with ThreadPoolExecutor(1, "stream") as thread:
            sending = thread.submit(loop.run_here, self._send)
            sending.add_done_callback(lambda _: self._wishes.put(False))
            try:
                self._serve()
            except BaseException:
                self._refuse()
                raise
            finally:
                self._finish()
            sending.result()

    async def _send(self) -> None:
        await self._wire.pour(self._take, self._put)

    def _serve(self) -> None:
        """Fulfil each wish for a window, until the sending has ended."""
        while True:
            try:
                if not self._wishes.get(timeout=LONGEST_SILENCE):
                    return
            except Empty:
                self._convoy.write_down(_taken(self._lines), _taken(self._aside))
                continue
            self._fulfil()

    def _fulfil(self) -> None:
        batch = None
        try:
            batch = self._convoy.next(_taken(self._lines), _taken(self._aside))
        finally:
            self._windows.put(batch)

    def _refuse(self) -> None:
        """Hand out nothing more, and wait until the network has answered for all that it took."""
        while self._wishes.get():
            self._windows.put(None)

    def _finish(self) -> None:
        while self._ready:
            self._put(self._ready.popleft(), STOPPED)
        self._convoy.end(_taken(self._lines), _taken(self._aside))

    def _take(self) -> Letter | None:
        while not self._ready and self._has_more:
            self._wishes.put(True)
            batch = self._windows.get()
            if batch is None:
                self._has_more = False
            else:
                self._print(*batch)
        return self._ready.popleft() if self._ready else None

    def _print(self, chunk: Chunk, press: Press, readers: list[Reader]) -> None:
        for reader in readers:
            try:
                printed = press.letter(reader, chunk.due_at)
            except ValueError as problem:
                answer = Refused(str(problem))
                self._lines.append(journal.line(chunk.pk, reader.place, None, self._wire.name, answer, now()))
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


def _taken(waiting: deque[T]) -> list[T]:
    """All that is there now; the other thread may go on putting in."""
    return [waiting.popleft() for _ in range(len(waiting))]
