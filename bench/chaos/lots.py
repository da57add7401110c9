"""What happens in which round, all of it from one seed, so that a round can be had again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from bench.chaos.tripwire import Phase
from bench.chaos.weather import Spell, drawn

BAG = ("worker",) * 3 + ("postgres",) * 2 + ("clock", "web", "valkey", "flushall", "cut")
"""Every ten faults in a row have each of these so often; five rounds have them all."""
SHORT_BAG = ("worker",) * 2 + ("valkey",) * 2 + ("flushall",) * 2 + ("postgres", "clock", "web", "cut")
"""The same for a run of no more than five rounds, with fewer of those that take long to come back from."""
FAULTS_A_ROUND = 2
SPELLS_A_ROUND = 2
WIRES = ("smtp", "sendgrid")


@dataclass(frozen=True, slots=True)
class Fault:
    """`what`: a part that is killed with -9, `flushall`, or `cut`: all connections of the servers at once.

    `share`: of the round's `letters` or `posts`, how many have begun to come when it happens; 0 soon after the
    publication. `phase`: in the midst of that message; None for `later`: seconds after it.
    """

    what: str
    of: str
    share: float
    phase: Phase | None
    later: float = 0.0

    def __str__(self) -> str:
        kind = {"flushall": "FLUSHALL", "cut": "connections cut"}.get(self.what, f"kill -9 {self.what}")
        return f"{kind} {self.phase or f'{self.later * 1000:.0f} ms after'}"


@dataclass(frozen=True, slots=True)
class Lot:
    """One round. `number`: from 1. `email`: the wire that carries it."""

    number: int
    email: str
    faults: tuple[Fault, ...]
    weather: tuple[Spell, ...]


def lots(seed: int, rounds: int, wires: tuple[str, ...] = WIRES) -> list[Lot]:
    """Every round of a run; the email wires come one after the other, each for its share of the rounds."""
    bag = _drawn_from(BAG if rounds > 5 else SHORT_BAG, Random(f"{seed} bag"))
    return [
        _lot(Random(f"{seed} {number}"), number, wires[(number - 1) * len(wires) // rounds], bag)
        for number in range(1, rounds + 1)
    ]


def _lot(lot: Random, number: int, email: str, bag: Iterator[str]) -> Lot:
    shares = sorted(lot.uniform(0.02, 0.9) for _ in range(FAULTS_A_ROUND))
    faults = [_fault(lot, what, share) for what, share in zip(islice(bag, FAULTS_A_ROUND), shares, strict=True)]
    return Lot(number, email, tuple(faults), tuple(drawn(lot, email, SPELLS_A_ROUND)))


def _fault(lot: Random, what: str, share: float) -> Fault:
    if what == "clock" and lot.random() < 0.5:
        return Fault(what, "letters", 0.0, None, lot.uniform(0.0, 1.2))  # while it composes
    phase = lot.choice([Phase.BEGUN, Phase.KEPT, None])
    return Fault(what, lot.choice(["letters", "posts"]), share, phase, 0.0 if phase else lot.uniform(0.0, 0.05))


def _drawn_from(bag: Sequence[str], lot: Random) -> Iterator[str]:
    while True:
        yield from lot.sample(bag, len(bag))
