"""The chunks that one worker has under way: what goes out next, and what came back."""

import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from campaigns.address import domain_of
from campaigns.moment import now
from channels.wire import Wire
from outreach import journal
from outreach.chunk import Chunk
from outreach.chunk_claim import Claimed, Reader, claim_chunk, held_domains, renew, set_aside
from outreach.claim import LEASE
from outreach.journal import Line
from outreach.pace import take_for_chunk
from outreach.press import Press
from outreach.window import Intended, intend

FRESH = 2.0  # seconds after which a press is made anew, so that letters say how things stand
WINDOW = 64
"""Places intended at a time. A worker that is killed leaves a window unknown at the most, and what its connections were
still busy with of the one before."""
Aside = tuple[int, int]
"""A chunk's number and a place in it."""


class Batch(NamedTuple):
    """Readers of one chunk whose letters may leave now."""

    chunk: Chunk
    press: Press
    readers: list[Reader]


@dataclass
class Open:
    """A claimed chunk. `waiting`: who has not been intended. `unanswered`: letters handed out that have not come back.

    `again_at`: when a rate lets it go on.
    """

    claimed: Claimed
    waiting: deque[Reader]
    unanswered: int = 0
    is_over: bool = False
    again_at: datetime | None = None

    @property
    def chunk(self) -> Chunk:
        return self.claimed.chunk


class Convoy:
    """Asks the database for one window after the other, and gives it the answers of those before.

    `answered`: how many letters were on a wire. `may_go_on`: whether there is time for another window. Not for two
    threads at once.
    """

    def __init__(self, channel: str, wire: Wire, may_go_on: Callable[[], bool], window: int = WINDOW) -> None:
        self.answered = 0
        self._channel, self._wire, self._may_go_on, self._window = channel, wire, may_go_on, window
        self._open: dict[int, Open] = {}
        self._current: Open | None = None
        self._presses: dict[tuple[uuid.UUID, str], tuple[float, Press]] = {}
        self._lines: list[Line] = []
        self._renewed = monotonic()

    def next(self, lines: Iterable[Line], aside: Iterable[Aside] = ()) -> Batch | None:
        """Intend the next window, and write down what came back of those before. None if there is nothing more.

        `lines`: answers. `aside`: letters that could not be printed and go the ordinary road.
        """
        self._take_back(lines, aside)
        if monotonic() - self._renewed > LEASE.total_seconds() / 4:
            self.write_down([])
        while self._may_go_on() and (current := self._current or self._claim()):
            granted = take_for_chunk(self._channel, _sender(current.chunk), self._window, now())
            if not granted.granted:
                current.again_at = granted.until
                break
            if readers := self._intend(current, granted.granted):
                return Batch(current.chunk, self._press(current.chunk, readers), readers)
        self.end()
        return None

    def end(self, lines: Iterable[Line] = (), aside: Iterable[Aside] = ()) -> None:
        """Begin nothing more; let go of all that has been answered for."""
        if self._current:
            self._is_over(self._current)
        self.write_down(lines, aside)

    def write_down(self, lines: Iterable[Line], aside: Iterable[Aside] = ()) -> None:
        """Only write down what came back, and say that we are still there."""
        self._take_back(lines, aside)
        with transaction.atomic():
            journal.append(self._lines)
            renew([each.chunk for each in self._open.values()], datetime.now(UTC))
        self._renewed = monotonic()
        self._written()

    def _take_back(self, lines: Iterable[Line], aside: Iterable[Aside]) -> None:
        """Remember what came back until it is written down, however often that fails."""
        self._lines += lines
        by_chunk = defaultdict[int, list[int]](list)
        for chunk, place in aside:
            by_chunk[chunk].append(place)
        for chunk, places in by_chunk.items():
            set_aside(chunk, places)
            self._count_back(chunk, len(places))

    def _intend(self, current: Open, size: int) -> list[Reader]:
        """The readers of the next window who may be written to; none if there is no next window."""
        chunk, waiting = current.claimed.chunk, current.waiting
        window = [waiting.popleft() for _ in range(min(size, len(waiting)))]
        until = waiting[0].place if waiting else chunk.size
        try:
            intended = intend(current.claimed, window, until, self._lines, now(), datetime.now(UTC))
        except BaseException:  # who knows how far it is: its recovery will find out
            self._forget(current)
            raise
        self._written()
        if not intended.is_ours:
            self._is_over(current)
            return []
        going = self._allowed(chunk, window, intended)
        current.unanswered += len(going)
        if not waiting:
            self._is_over(current)
        return going

    def _allowed(self, chunk: Chunk, window: Iterable[Reader], intended: Intended) -> list[Reader]:
        """Without those who have left since the chunk was claimed, or whose domain has been held since."""
        domains = held_domains(chunk, now()) if intended.is_held else set()
        waiting = {reader.place for reader in window if domains and domain_of(reader.email) in domains}
        set_aside(chunk.pk, waiting)
        for reader in window:
            if reason := intended.left_out.get(reader.supporter):
                self._lines.append(journal.left_out(chunk.pk, reader.place, reason, now()))
                self._open[chunk.pk].unanswered += 1
        return [each for each in window if each.supporter not in intended.left_out and each.place not in waiting]

    def _written(self) -> None:
        """What has come back is safe; let go of chunks that are over and answered for."""
        for line in self._lines:
            self._count_back(line.chunk, 1)
            self.answered += bool(line.wire)
        self._lines = []
        for each in [each for each in self._open.values() if each.is_over and not each.unanswered]:
            self._leave(each)

    def _count_back(self, chunk: int, number: int) -> None:
        if each := self._open.get(chunk):
            each.unanswered -= number

    def _forget(self, each: Open) -> None:
        self._is_over(each)
        del self._open[each.chunk.pk]

    def _claim(self) -> Open | None:
        claimed = claim_chunk(self._channel, now(), datetime.now(UTC))
        if claimed is None:
            return None
        self._current = self._open[claimed.chunk.pk] = Open(claimed, deque(claimed.readers))
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
            due_at = each.again_at or chunk.due_at
            ours.update(state=Chunk.State.DUE, token=None, lease_until=None, attempts=attempts, due_at=due_at)

    def _press(self, chunk: Chunk, readers: Iterable[Reader]) -> Press:
        key = (chunk.wave_id, chunk.wording_name)
        made_at, press = self._presses.get(key, (float("-inf"), None))
        if press is None or monotonic() - made_at > FRESH:
            press = Press(chunk, self._wire, now())
            self._presses[key] = (monotonic(), press)
        for language, division in {(reader.language, reader.division) for reader in readers}:
            press.prepare(language, division)
        return press


def _sender(chunk: Chunk) -> str:
    return str(chunk.campaign.sender.get(chunk.channel, ""))
