"""How often a process may come back before we give up on it."""

from collections import deque

MOST, WITHIN = 6, 60.0  # times, seconds
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds


class Restarts:
    """The recent ends of one process. Time is an argument, in seconds of any steady clock."""

    def __init__(self) -> None:
        self.ends: deque[float] = deque()

    def next_at(self, now: float) -> float | None:
        """When to start again what has just ended, later each time; None if it ended too often."""
        while self.ends and self.ends[0] < now - WITHIN:
            self.ends.popleft()
        self.ends.append(now)
        if len(self.ends) > MOST:
            return None
        wait = FIRST_WAIT * 2.0 ** (len(self.ends) - 1)
        return now + min(wait, LONGEST_WAIT)
