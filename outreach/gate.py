"""Gates: what makes a delivery that is due wait a little longer, and until when."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Wait:
    """`until`: when it is asked about again (UTC). `reason`: a sentence for people."""

    until: datetime
    reason: str


Gate = Callable[[Sequence[Delivery], datetime], Mapping[uuid.UUID, Wait]]
"""Given deliveries of one channel that are due and the present: those that wait, by their primary key. Asked inside the
claim, so that what counts is how things stand at the moment of sending."""

GATES: tuple[Gate, ...] = ()


def waits(due: Sequence[Delivery], now: datetime, gates: Sequence[Gate] = GATES) -> Iterator[tuple[Delivery, Wait]]:
    """Those that wait, each at the first gate that it finds closed. A gate is not asked about what waits already."""
    through = list(due)
    for gate in gates:
        closed = gate(through, now) if through else {}
        yield from ((each, closed[each.pk]) for each in through if each.pk in closed)
        through = [each for each in through if each.pk not in closed]
