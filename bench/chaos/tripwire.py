"""Something that happens exactly when so many messages have come, in the midst of taking one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Act = Callable[[], object]


class Phase(StrEnum):
    """Where in the taking of a message."""

    BEGUN = "as it began to come"
    KEPT = "kept, and not yet answered"


@dataclass(frozen=True, slots=True)
class Wire:
    at: int
    phase: Phase
    act: Act


class Tripwire:
    """Counts the messages that begin to come, at some servers together. What is to happen at one of them is done in
    the very thread of the server that takes it, so that the sender is certainly waiting for the answer.
    """

    def __init__(self) -> None:
        self.count = 0
        self._set: list[Wire] = []
        self._guard = threading.Lock()

    def begin(self) -> None:
        """Count anew; what has not happened will not."""
        with self._guard:
            self.count, self._set = 0, []

    def set(self, at: int, phase: Phase, act: Act) -> None:
        """Do it in this phase of the `at`-th message, or of the next one after it that gets so far."""
        with self._guard:
            self._set.append(Wire(at, phase, act))

    def passed(self, phase: Phase, number: int = 1) -> None:
        """A message got so far, or several that came together."""
        with self._guard:
            self.count += number if phase is Phase.BEGUN else 0
            due = [wire for wire in self._set if wire.phase is phase and wire.at <= self.count]
            self._set = [wire for wire in self._set if wire not in due]
        for wire in due:
            wire.act()
