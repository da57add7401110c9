"""How much may be unknown after a round: never more than was on the wire at its kills, or was made so by a server."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from bench.chaos.blow import Blow
from bench.chaos.ledger import Doubt
from bench.chaos.lots import Lot
from bench.chaos.weather import Meaning
from campaigns.ladder import SUPPORTERS

MARGIN = timedelta(seconds=0.5)  # between noting a time and committing it
Most = Mapping[str, int]
"""How many deliveries of each stream a worker can have on the wire at a time."""


def at_the_kills(blows: Iterable[Blow], most: Most, own_deaths: int = 0) -> Counter[str]:
    """The most that the kills of a round can have left behind, by stream. `own_deaths`: of workers nobody killed."""
    kills = own_deaths + sum(blow.fault.what in ("worker", "postgres") for blow in blows)
    return Counter({stream: number * kills for stream, number in most.items()})


def by_a_kill(doubt: Doubt, blows: Iterable[Blow]) -> bool:
    """Whether something the delivery needed was killed while it was on the wire.

    If not, whoever sent it lives, and was so slow that its lease ended first.
    """
    if doubt.put_down is None:
        return True
    times = [blow.time for blow in blows if blow.fault.what in ("worker", "postgres")]
    return any(doubt.put_down - MARGIN <= time <= doubt.at for time in times)


def by_the_servers(lot: Lot, most: Most, together: int = 1) -> Counter[str]:
    """The most that the weather and the cuts of a round can have made uncertain, by stream.

    `together`: how many letters may go in one request, all of which get its answer.
    """
    allowed: Counter[str] = Counter()
    for spell in lot.weather:
        if spell.meaning is Meaning.PERHAPS:
            if spell.wire == lot.email:
                allowed += Counter(dict.fromkeys(("email", SUPPORTERS), spell.times * together))
            else:
                allowed[spell.wire] += spell.times
    for fault in lot.faults:
        if fault.what == "cut":
            allowed += Counter(most)
    return allowed


def too_many(found: Counter[str], allowed: Counter[str], why: str) -> Iterator[str]:
    """A sentence for each stream with more unknown than is allowed."""
    for stream, number in (found - allowed).items():
        yield (
            f"{stream}: {found[stream]} are unknown because {why}, {number} more than were on the wire then "
            f"({allowed[stream]})"
        )
