"""A moment by which a whole piece of work must have ended, however many calls it takes and whoever makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

_ends = ContextVar[float | None]("ends", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All waits inside this block end together after so many seconds; an outer block that ends sooner still counts."""
    mine, outer = monotonic() + seconds, _ends.get()
    token = _ends.set(mine if outer is None else min(mine, outer))
    try:
        yield
    finally:
        _ends.reset(token)


def left(most: float) -> float:
    """How many seconds a single wait may take now, `most` at the most. Raises TimeoutError when there are none left."""
    ends = _ends.get()
    if ends is None:
        return most
    remaining = ends - monotonic()
    if remaining <= 0:
        raise TimeoutError("the time allowed for it is over")
    return min(most, remaining)
