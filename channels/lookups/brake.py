"""Leaving a service alone that does not answer, so that nobody waits for it in vain."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

FAILURES = 3  # in a row
PAUSE = 60.0  # seconds
LONGEST_PAUSE = 3600.0


class Brake:
    """After some failures in a row it is shut for a minute, or for as long as the service asks, an hour at the most.

    `clock`: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._guard = Lock()
        self._failures = 0
        self._shut_until = 0.0

    def is_open(self) -> bool:
        return self._clock() >= self._shut_until

    def note_success(self) -> None:
        with self._guard:
            self._failures = 0

    def note_failure(self, wait: float = 0.0) -> None:
        """`wait`: seconds for which the service asked to be left alone."""
        with self._guard:
            self._failures += 1
            if wait or self._failures >= FAILURES:
                self._shut_until = self._clock() + min(wait or PAUSE, LONGEST_PAUSE)
