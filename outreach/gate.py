"""Gates: what makes a delivery that is due wait a little longer, and until when."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from outreach.cap import cap
from outreach.delivery import Delivery
from outreach.frequency import frequency
from outreach.office_hours import office_hours
from outreach.pace import pace
from outreach.wait import Gate, Wait

__all__ = ["GATES", "Gate", "Wait", "waits"]

GATES: tuple[Gate, ...] = (office_hours, cap, frequency, pace)
"""In the order in which they are asked; a gate that spends something comes last."""


def waits(due: Sequence[Delivery], now: datetime, gates: Sequence[Gate] = GATES) -> Iterator[tuple[Delivery, Wait]]:
    """Those that wait, each at the first gate that it finds closed. A gate is not asked about what waits already."""
    through = list(due)
    for gate in gates:
        closed = gate(through, now) if through else {}
        yield from ((each, closed[each.pk]) for each in through if each.pk in closed)
        through = [each for each in through if each.pk not in closed]
