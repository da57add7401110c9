"""A whole run: the email wires one after the other, round by round, and the account of all of it.

Django must be open, on the data folder that is handed in: see `__main__`.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from bench.chaos import ledger
from bench.chaos.installation import Installation
from bench.chaos.lots import Lot
from bench.chaos.processes import soon
from bench.chaos.reckoning import CHANNELS, Account, Expected, Tally, account, strangers
from bench.chaos.round import PATIENCE, Played, Round, broken
from bench.chaos.world import World
from campaigns.ladder import SUPPORTERS
from channels.wire import configured
from config.embedded.folder import Folder
from outreach.chunk import SIZE
from outreach.convoy import WINDOW

LEASES = {"smtp": 3, "sendgrid": 5}  # seconds that a worker may keep what it has claimed, by the wire for email
THREADS = 4  # of a worker
MEMORY = 75  # posts on one account that are certainly read when it is asked whether it has one
WINDOWS = 3  # of a chunk that a dead worker can leave unknown: see outreach.convoy


@dataclass(frozen=True, slots=True)
class Size:
    """Of each round: addressees, each of whom is written to on every channel, and supporters, who get a letter.

    `at_least_once`: the policy for supporters.
    """

    addressees: int
    supporters: int
    at_least_once: bool = False

    @classmethod
    def of(cls, deliveries: int, *, at_least_once: bool = False) -> "Size":
        """A quarter of so many go to addressees."""
        addressees = max(1, deliveries // (4 * len(CHANNELS)))
        return cls(addressees, max(1, deliveries - addressees * len(CHANNELS)), at_least_once)

    def expected(self, lot: Lot) -> Expected:
        """What the campaign of a round must become."""
        return Expected(f"round-{lot.number}", lot.email, self.addressees, self.supporters, self.at_least_once)


@dataclass(slots=True)
class Result:
    """`account`: of all rounds together, as it stands at the very end. `seconds`: with starting and stopping."""

    rounds: list[Played] = field(default_factory=list)
    account: Account = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


def play(lots: list[Lot], size: Size, folder: Folder) -> Result:
    """Play every round. What was started has ended when this returns."""
    result, began, verdict = Result(), time.monotonic(), list[str]()
    os.environ["OUTREACH_SUPPORTERS_AT_LEAST_ONCE"] = str(int(size.at_least_once))
    with World() as world:
        for email, some in groupby(lots, lambda lot: lot.email):
            with installed(folder, world, email) as installation:
                together = configured("email", os.environ["OUTREACH_EMAIL"]).in_flight
                at_once = most_on_the_wire(size.supporters)
                for number, lot in enumerate(some, 1):
                    played = Round(lot, installation, world, at_once, together).play(
                        folder.path.parent, size.expected(lot)
                    )
                    result.rounds.append(played)
                    tell(played, installation)
                    if number % max(1, MEMORY // size.addressees) == 0:
                        result.problems += find_out()
                result.problems += find_out()
                verdict = _sum_up(result, world)  # while its database still runs
    result.problems += verdict
    result.seconds = time.monotonic() - began
    return result


@contextmanager
def installed(folder: Folder, world: World, email: str) -> Iterator[Installation]:
    """An installation that is up. At the end the plug of the whole machine is pulled."""
    os.environ.update(world.environment(email), OUTREACH_LEASE=str(LEASES[email]), WORKER_THREADS=str(THREADS))
    installation = Installation(folder)
    try:
        if not soon(lambda: installation.is_open or installation.process.poll() is not None, 90):
            raise RuntimeError(f"It did not start in 90 seconds. Its last words:\n{installation.said[-2000:]}")
        yield installation
    finally:
        installation.pull_the_plug()


def find_out() -> Iterator[str]:
    """Let the product ask providers what became of what is unknown, and send again what they have not got."""

    def is_clear() -> bool:
        ledger.hurry()
        ledger.hurry_questions()
        return not (ledger.questions() or ledger.unsettled())

    if not soon(is_clear, PATIENCE, 0.5):
        left = ledger.questions() + ledger.unsettled()
        said = ", ".join(f"{number} of {channel}" for channel, number in sorted(left.items()))
        yield f"Not found out in {PATIENCE:.0f} s what became of {said}"


def most_on_the_wire(supporters: int) -> dict[str, int]:
    """How many deliveries of each stream a worker can have on the wire at a time."""
    wires = {channel: configured(channel, os.environ[f"OUTREACH_{channel.upper()}"]) for channel in CHANNELS}
    email, chunks = wires["email"], -(-supporters // SIZE)
    window = WINDOW if email.pours else email.in_flight
    at_once = {channel: wire.in_flight * THREADS for channel, wire in wires.items()}
    return {**at_once, SUPPORTERS: WINDOWS * window * min(chunks, THREADS) + at_once["email"]}


def _sum_up(result: Result, world: World) -> list[str]:
    """The account of all rounds so far, made anew, and what is wrong with it: what came late or once more after its
    round is seen here.
    """
    entries, received = (
        {played.expected.slug: ledger.entries(played.expected.slug) for played in result.rounds},
        world.received(),
    )
    result.account = {}
    for played in result.rounds:
        for line, tally in account(played.expected, entries[played.expected.slug], received).items():
            result.account.setdefault(line, Tally()).add(tally)
    unheard = strangers((entry for some in entries.values() for entry in some), received)
    may_double = {line for played in result.rounds for line in played.expected.may_double}
    return [
        *(f"{wire}: {number} came that the ledger does not know" for wire, number in unheard.items()),
        *broken(result.account, may_double),
        *(f"Round {played.lot.number}: {problem}" for played in result.rounds for problem in played.problems),
    ]


def _last_words(installation: Installation) -> str:
    """What it said of late, without the requests it made."""
    return "\n".join([line for line in installation.said.splitlines() if "HTTP Request" not in line][-40:])


def tell(played: Played, installation: Installation) -> None:
    """One line about a round, and more if it went wrong."""
    unknown = sum(tally.unknown for tally in played.account.values())
    weather = "; ".join(map(str, played.lot.weather))
    blows = "; ".join(map(str, played.blows))
    print(f"round {played.lot.number}: {blows}. {weather}. {played.seconds:.1f} s, {unknown} unknown", file=sys.stderr)
    for name, times in played.own_deaths.items():
        print(f"  {name} ended {times} times by itself", file=sys.stderr)
    for problem in played.problems:
        print(f"  WRONG: {problem}", file=sys.stderr)
    if played.problems:
        print(_last_words(installation), file=sys.stderr)
    sys.stderr.flush()
