"""What is still to happen in a rehearsal: taken up in order of time, so that nothing is looked at before its moment."""

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count


class What(IntEnum):
    """In this order, where several have come by the same moment."""

    LIFT = 0
    HOLD = 1
    SIGN = 2
    APPROVE = 3
    HEAR = 4
    READ = 5
    LEAVE = 6
    LOOK = 7


class Agenda:
    """Two heaps: what lies ahead, by its instant; and what has come by now, by what it is."""

    def __init__(self) -> None:
        self._ahead: list[tuple[datetime, What, int, object]] = []
        self._come: list[tuple[What, datetime, int, object]] = []
        self._number = count()

    def put(self, at: datetime, what: What, about: object) -> None:
        heappush(self._ahead, (at, what, next(self._number), about))

    @property
    def next_at(self) -> datetime | None:
        """The next instant at which something happens; None at the end."""
        return self._ahead[0][0] if self._ahead else None

    def come(self, now: datetime) -> Iterator[tuple[datetime, What, object]]:
        """Everything whose instant has come, also what is put down meanwhile: when it was to happen, what, to what."""
        while True:
            while self._ahead and self._ahead[0][0] <= now:
                at, what, number, about = heappop(self._ahead)
                heappush(self._come, (what, at, number, about))
            if not self._come:
                return
            what, at, _, about = heappop(self._come)
            yield at, what, about
