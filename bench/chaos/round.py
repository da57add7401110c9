"""One round: a campaign, its faults, the wait until all of it is settled, and what is wrong with what is left."""

import time
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos import campaign, ledger, limits
from bench.chaos.blow import Blow, Striker
from bench.chaos.installation import Installation
from bench.chaos.lots import Lot
from bench.chaos.processes import soon
from bench.chaos.reckoning import Account, Expected, account
from bench.chaos.world import World

PATIENCE = 90.0  # seconds in which a round must be settled
HURRY = 1.0  # seconds between two tries of what is delayed


@dataclass(slots=True)
class Played:
    """A round that is over.

    `own_deaths`: parts that ended though nobody killed them. `too_slow`: deliveries whose answer did not come in
    time, or whose sender was slower than its lease.
    """

    lot: Lot
    expected: Expected
    blows: list[Blow] = field(default_factory=list)
    own_deaths: Counter[str] = field(default_factory=Counter)
    too_slow: int = 0
    seconds: float = 0.0
    account: Account = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Round:
    """`most`: how many deliveries of each stream can be on the wire at a time. `together`: letters in one request."""

    def __init__(
        self, lot: Lot, installation: Installation, world: World, most: Mapping[str, int], together: int
    ) -> None:
        self.lot, self.installation, self.world, self.most, self.together = lot, installation, world, most, together

    def play(self, place: Path, expected: Expected) -> Played:
        """All of it."""
        played, deaths = Played(self.lot, expected), deaths_in(self.installation.said)
        if not soon(self.installation.is_whole, 60):
            played.problems.append("Not everything was up a minute after the round before")
        began = time.monotonic()
        strikers = self._prepare(expected)
        campaign.put_to(place, expected)
        played.blows = [striker.carry_out(lambda: self._is_settled(expected)) for striker in strikers]
        self._settle(played)
        self.world.forgive()
        played.seconds = time.monotonic() - began
        killed = Counter(blow.fault.what for blow in played.blows)
        played.own_deaths = deaths_in(self.installation.said) - deaths - killed
        self._judge(played)
        return played

    def _prepare(self, expected: Expected) -> list[Striker]:
        self.world.forgive()
        for tripwire in self.world.tripwires.values():
            tripwire.begin()
        for spell in self.lot.weather:
            self.world.fakes[spell.wire].answer(**spell.rule, times=spell.times)
        strikers = [Striker(fault, self.installation, self.world) for fault in self.lot.faults]
        for striker in strikers:
            striker.arm(expected.by_kind)
        return strikers

    def _settle(self, played: Played) -> None:
        until, hurried = time.monotonic() + PATIENCE, time.monotonic()
        while not self._is_settled(played.expected):
            if time.monotonic() > until:
                played.problems.append(self._stuck(played.expected))
                return
            if time.monotonic() - hurried > HURRY:
                ledger.hurry()
                hurried = time.monotonic()
            time.sleep(0.1)

    def _is_settled(self, expected: Expected) -> bool:
        states = ledger.states(expected.slug)
        return states.total() >= expected.planned and not any(state in ledger.UNSETTLED for _, state in states)

    def _stuck(self, expected: Expected) -> str:
        states = ledger.states(expected.slug)
        said = ", ".join(f"{number} of {channel} {state}" for (channel, state), number in sorted(states.items()))
        return f"Not settled after {PATIENCE:.0f} s: {expected.planned} were planned; the ledger has {said or 'none'}"

    def _judge(self, played: Played) -> None:
        entries, received = ledger.entries(played.expected.slug), self.world.received()
        played.account = account(played.expected, entries, received)
        played.problems += broken(played.account, played.expected.may_double)
        doubts = [(entry.stream, doubt) for entry in entries for doubt in entry.doubts]
        behind = [(stream, doubt) for stream, doubt in doubts if doubt.was_left_behind]
        left_behind = Counter(stream for stream, doubt in behind if limits.by_a_kill(doubt, played.blows))
        untold = [(stream, doubt.reason) for stream, doubt in doubts if doubt.was_told_too_little]
        played.too_slow = sum(doubt.was_kept_waiting for _, doubt in doubts) + len(behind) - left_behind.total()
        at_the_kills = limits.at_the_kills(played.blows, self.most, played.own_deaths["worker"])
        by_the_servers = limits.by_the_servers(self.lot, self.most, self.together)
        played.problems += limits.too_many(left_behind, at_the_kills, "a process died")
        played.problems += limits.too_many(Counter(stream for stream, _ in untold), by_the_servers, _reasons(untold))


def _reasons(untold: list[tuple[str, str]]) -> str:
    """What was written down, a few times at the most."""
    said = sorted({reason for _, reason in untold})[:3]
    return f"a server said too little ({'; '.join(said)})"


def broken(made: Account, may_double: Container[str] = ()) -> Iterator[str]:
    """What was promised about every line, and is not so. `may_double`: lines of which no more is promised."""
    for line, tally in made.items():
        if tally.lost:
            yield f"{line}: {tally.lost} of {tally.planned} were lost"
        if tally.twice and line not in may_double:
            yield f"{line}: {tally.twice} of {tally.planned} came more than once"
        if tally.denied:
            yield f"{line}: {tally.denied} came, though the ledger says that they were not sent"


def deaths_in(said: str) -> Counter[str]:
    """How often the supervisor has seen each part end."""
    marks = [line.partition("| ")[2].split(" ") for line in said.splitlines() if "and is started again" in line]
    return Counter(words[0] for words in marks if words[1:2] == ["ended"])
