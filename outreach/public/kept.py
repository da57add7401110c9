"""What is made for everybody and kept for a moment, by one thread at a time."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """`kept(*key)` is what `make(*key)` made up to `fresh` seconds ago; `make` answers None for what there is not.

    While it is made anew the others get the one before. `most` are kept in one process.
    """

    def __init__(self, make: Callable[..., T | None], fresh: float, most: int = 512) -> None:
        self._make, self._fresh, self._most = make, fresh, most
        self._kept: dict[object, tuple[float, T | None]] = {}
        self._turns: dict[object, Lock] = {}

    def __call__(self, *key: object) -> T | None:
        """Raises what `make` raises."""
        made_at, value = self._kept.get(key, (0.0, None))
        if monotonic() - made_at < self._fresh:
            return value
        turn = self._turns.setdefault(key, Lock())
        if not turn.acquire(blocking=value is None):
            return value
        try:
            made_at, value = self._kept.get(key, (0.0, None))
            if monotonic() - made_at >= self._fresh:
                value = self._make(*key)
                self._keep(key, value)
            return value
        finally:
            turn.release()

    def forget(self) -> None:
        """Let everything be made anew."""
        self._kept.clear()

    def _keep(self, key: object, value: T | None) -> None:
        if value is None:
            self._turns.pop(key, None)  # nobody can fill our memory by asking for what is not there
            return
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (monotonic(), value)
