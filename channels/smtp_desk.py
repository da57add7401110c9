"""Where the letters of a bulk sending come from, and where the answers go."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from channels.answer import Answer, Delayed
from channels.letter import Letter

Take = Callable[[], Letter | None]
Put = Callable[[Letter, Answer], None]
More = Callable[[], Awaitable[bool]]


class Desk:
    """Shared by all connections of one sending. `open`: how many of them stand, or are about to."""

    def __init__(self, take: Take, put: Put, more: More | None = None) -> None:
        self.put = put
        self.open = 0
        self.exhausted = asyncio.Event()
        self._source, self._more = take, more
        self._returned: deque[Letter] = deque()
        self._waiting: asyncio.Future[bool] | None = None

    def take(self) -> Letter | None:
        """The next letter, if one is ready."""
        if self._returned:
            return self._returned.popleft()
        return None if self.exhausted.is_set() else self._source()

    def give_back(self, letter: Letter) -> None:
        """A letter that was taken and not begun, for another connection."""
        self._returned.append(letter)

    @property
    def has_returned(self) -> bool:
        """Whether letters were given back that nobody has taken yet."""
        return bool(self._returned)

    async def wait(self) -> bool:
        """Wait until there may be letters again, asking the source once for all; False if there will be none."""
        if self._more is None or self.exhausted.is_set():
            self.exhausted.set()
            return False
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.ensure_future(self._more())
        if not await asyncio.shield(self._waiting):
            self.exhausted.set()
        return not self.exhausted.is_set()

    def close(self) -> None:
        """Ask for no more, and answer what was given back and never taken again."""
        self.exhausted.set()
        if self._waiting is not None:
            self._waiting.cancel()
        while self._returned:
            self.put(self._returned.popleft(), Delayed("The sending was stopped before the letter's turn"))
