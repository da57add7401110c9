"""Carrying out a fault at its moment."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import redis

from bench.chaos import ledger
from bench.chaos.installation import Installation
from bench.chaos.lots import Fault
from bench.chaos.processes import soon
from bench.chaos.tripwire import Phase
from bench.chaos.world import World


@dataclass(frozen=True, slots=True)
class Blow:
    """What a fault came to.

    `time`: when it happened. `at`: how many letters or posts had begun to come by then. `on_the_wire`: how many
    deliveries were just then, by stream.
    """

    fault: Fault
    time: datetime
    at: int
    on_the_wire: Counter[str]

    def __str__(self) -> str:
        return f"{self.fault} ({self.fault.of[:-1]} {self.at}, {self.on_the_wire.total()} on the wire)"


class Striker:
    """Waits for the moment of one fault, and does it."""

    def __init__(self, fault: Fault, installation: Installation, world: World) -> None:
        self.fault, self.installation, self.world = fault, installation, world
        self.reached, self.is_done, self.at, self.time = threading.Event(), False, 0, datetime.now(UTC)

    def arm(self, planned: Mapping[str, int]) -> None:
        """Set it for its share of so many letters and posts."""
        if self.fault.share:
            act = self.strike if self.fault.phase else self.reached.set
            at = max(1, round(self.fault.share * planned[self.fault.of]))
            self.world.tripwires[self.fault.of].set(at, self.fault.phase or Phase.BEGUN, act)
        else:
            self.reached.set()

    def strike(self) -> bool:
        """Do it; False if there is nothing to do it to at this moment."""
        if not self.is_done:
            self.at, self.time = self.world.tripwires[self.fault.of].count, datetime.now(UTC)
            self.is_done = self._act()
        self.reached.set()
        return self.is_done

    def carry_out(self, is_over: Callable[[], bool]) -> Blow:
        """Wait for its moment, or until the round is over without it; answers what it came to."""
        until = time.monotonic() + 60
        while not self.reached.wait(0.3) and not is_over() and time.monotonic() < until:
            pass
        if not self.is_done:
            time.sleep(self.fault.later)
        assert soon(self.strike, 30, 0.05), f"{self.fault.what} did not run for 30 seconds"
        return Blow(self.fault, self.time, self.at, ledger.on_the_wire())

    def _act(self) -> bool:
        match self.fault.what:
            case "flushall":
                return _flushed(self.installation)
            case "cut":
                for fake in self.world.fakes.values():
                    fake.cut_all()
                return True
            case part:
                return self.installation.kill(part) is not None


def _flushed(installation: Installation) -> bool:
    try:
        with redis.from_url(installation.folder.redis_url) as server:
            return bool(server.flushall())
    except redis.ConnectionError:
        return False
