"""The chunks that one worker has under way: what goes out next, and what came back."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from campaigns.moment import now
from channels.wire import Wire
from outreach import journal
from outreach.chunk import Chunk
from outreach.chunk_claim import Reader, claim_chunk, next_window, renew, set_aside
from outreach.journal import Line
from outreach.pace import take_for_chunk
from outreach.press import Press

FRESH = 2.0  # seconds after which a press is made anew, so that letters say how things stand
WINDOW = 64
"""Places intended at a time. A worker killed at the worst moment leaves three windows unknown: one whose answers are
not written down yet, one on the wire, one about to be."""


Aside = tuple[int, int]
"""A chunk's number and a place in it."""


class Batch(NamedTuple):
    """Readers of one chunk whose letters may leave now."""

    chunk: Chunk
    press: Press
    readers: list[Reader]


@dataclass
class Open:
    """A claimed chunk. `unanswered`: letters that were handed out and have not come back. `again_at`: when a rate
    lets it go on.
    """

    chunk: Chunk
    unanswered: int = 0
    is_over: bool = False
    again_at: datetime | None = None


class Convoy:
    """Asks the database for one window after the other, and gives it the answers of those before.

    `may_go_on`: whether there is time for another window. Not for two threads at once.
    """

    def __init__(self, channel: str, wire: Wire, may_go_on: Callable[[], bool], window: int = WINDOW) -> None:
        self.handed_out = 0
        self._channel, self._wire, self._may_go_on, self._window = channel, wire, may_go_on, window
        self._open: dict[int, Open] = {}
        self._current: Open | None = None
        self._presses: dict[tuple[uuid.UUID, str], tuple[float, Press]] = {}
        self._kept: list[Line] = []
        self._aside: list[Aside] = []
        self._is_broken = False

    def next(self, lines: Iterable[Line], aside: Iterable[Aside] = ()) -> Batch | None:
        """Write down what came back, and intend the next window: one transaction. None if there is nothing more.

        `lines`: answers. `aside`: letters that could not be printed and go the ordinary road.
        """
        with self._kept_until_written(lines, aside):
            if self._may_go_on():
                return self._next()
            self._halt()
        return None

    def write_down(self, lines: Iterable[Line], aside: Iterable[Aside] = ()) -> None:
        """Only write down what came back, and say that we are still there."""
        with self._kept_until_written(lines, aside):
            renew([each.chunk for each in self._open.values()], datetime.now(UTC))

    def end(self, lines: Iterable[Line], aside: Iterable[Aside] = ()) -> None:
        """Write down the last answers and let go of what has not been begun."""
        with self._kept_until_written(lines, aside):
            self._halt()

    @contextmanager
    def _kept_until_written(self, lines: Iterable[Line], aside: Iterable[Aside]) -> Iterator[None]:
        """A transaction. If it fails, chunks are left to their recovery, for who knows how far they are."""
        self._kept += lines
        self._aside += aside
        try:
            with transaction.atomic():
                self._write_down()
                yield
        except BaseException:
            self._is_broken = True
            raise
        self._kept, self._aside = [], []

    def _write_down(self) -> None:
        if self._kept:
            journal.append(self._kept)
        by_chunk: dict[int, list[int]] = {}
        for chunk, place in self._aside:
            by_chunk.setdefault(chunk, []).append(place)
        for chunk, places in by_chunk.items():
            set_aside(chunk, places)
        if self._is_broken:
            return
        for chunk in [line.chunk for line in self._kept] + [chunk for chunk, _ in self._aside]:
            self._open[chunk].unanswered -= 1
        for each in [each for each in self._open.values() if each.is_over and not each.unanswered]:
            self._leave(each)

    def _next(self) -> Batch | None:
        while current := self._current or self._claim():
            chunk = current.chunk
            may = take_for_chunk(self._channel, self._sender(chunk), self._window, now())
            if not may.granted:
                current.again_at = may.until
                self._halt()
                return None
            readers = next_window(chunk, may.granted, now(), datetime.now(UTC))
            if readers is None or chunk.intended >= chunk.size:
                self._is_over(current)
            if readers:
                current.unanswered += len(readers)
                self.handed_out += len(readers)
                return Batch(chunk, self._press(chunk, readers), readers)
            if current.is_over and not current.unanswered:
                self._leave(current)
        return None

    def _halt(self) -> None:
        if self._is_broken:
            return
        if self._current:
            self._is_over(self._current)
        for each in [each for each in self._open.values() if not each.unanswered]:
            self._leave(each)

    def _claim(self) -> Open | None:
        chunk = claim_chunk(self._channel, now(), datetime.now(UTC))
        if chunk is None:
            return None
        self._current = self._open[chunk.pk] = Open(chunk)
        return self._current

    def _is_over(self, each: Open) -> None:
        each.is_over = True
        if each is self._current:
            self._current = None

    def _leave(self, each: Open) -> None:
        """Done, if every place was intended; else due again from where we stopped. Not if somebody claimed it since."""
        chunk = self._open.pop(each.chunk.pk).chunk
        ours = Chunk.objects.filter(pk=chunk.pk, token=chunk.token, state=Chunk.State.CLAIMED)
        if not ours.filter(intended__gte=F("size")).update(state=Chunk.State.DONE, lease_until=None):
            attempts = F("attempts") - 1  # it was not the chunk that stopped us
            due_at = each.again_at or each.chunk.due_at
            ours.update(state=Chunk.State.DUE, token=None, lease_until=None, attempts=attempts, due_at=due_at)

    def _sender(self, chunk: Chunk) -> str:
        return str(chunk.campaign.sender.get(chunk.channel, ""))

    def _press(self, chunk: Chunk, readers: Iterable[Reader]) -> Press:
        key = (chunk.wave_id, chunk.wording_name)
        made_at, press = self._presses.get(key, (float("-inf"), None))
        if press is None or monotonic() - made_at > FRESH:
            press = Press(chunk, self._wire)
            self._presses[key] = (monotonic(), press)
        for language in {reader.language for reader in readers}:
            press.prepare(language)
        return press
