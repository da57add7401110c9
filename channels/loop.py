"""The event loop that bulk mail runs on: uvloop where it is installed, the standard library's elsewhere."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end on a loop and in a thread of its own, whatever loop the caller's thread is in."""
    with ThreadPoolExecutor(1, "loop") as thread:
        return thread.submit(run_here, main).result()


def run_here(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The same in the calling thread, which must not have a loop."""
    with asyncio.Runner(loop_factory=factory()) as runner:
        return runner.run(main())


def factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes a loop; None where only the standard one is to be had."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop
