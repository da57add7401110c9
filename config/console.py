"""Where the lines of all processes come together, each with its author in front."""

import sys
import threading
from typing import IO


class Console:
    """Whole lines on standard output, from any thread."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def say(self, author: str, line: str) -> None:
        """Print one line. A reader that went away is no reason to stop."""
        with self.lock:
            try:
                print(f"{author:<8} | {line}", flush=True)
            except BrokenPipeError:
                sys.stdout = None  # print() is silent from now on

    def follow(self, author: str, stream: IO[bytes]) -> None:
        """Print what a process says until it ends."""
        threading.Thread(target=self.copy, args=(author, stream), daemon=True).start()

    def copy(self, author: str, stream: IO[bytes]) -> None:
        """The same, in this thread."""
        for line in stream:
            self.say(author, line.decode(errors="replace").rstrip())
