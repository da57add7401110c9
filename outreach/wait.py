"""What a gate answers for a delivery that is due and may not go yet."""

import uuid
from collections.abc import Callable, Mapping, Sequence
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
