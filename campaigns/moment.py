"""The present. Every rule takes `now` as an argument; only doors (clock, API, pages, CLI) ask for it here.

A demonstration runs on a faster clock: OUTREACH_TIME="2023-04-28T06:00:00+00:00 1700000000 8640" means that at the real
time 1700000000 (seconds since 1970) it was that moment, and that 8640 of its seconds pass in one of ours.
"""

import os
import time
from datetime import UTC, datetime, timedelta

VARIABLE = "OUTREACH_TIME"


def now() -> datetime:
    """The present in UTC, or the demonstration's present."""
    described = os.environ.get(VARIABLE)
    return virtual(described, time.time()) if described else datetime.now(UTC)


def is_virtual() -> bool:
    return VARIABLE in os.environ


def describe(start: datetime, real: float, speed: float) -> str:
    """The value of OUTREACH_TIME under which it is `start` at `real`, and time passes `speed` times as fast."""
    return f"{start.astimezone(UTC).isoformat()} {real} {speed}"


def virtual(described: str, real: float) -> datetime:
    """What time it is at `real` (seconds since 1970) on the clock described."""
    start, anchor, speed = described.split()
    return datetime.fromisoformat(start).astimezone(UTC) + timedelta(seconds=(real - float(anchor)) * float(speed))


def real_seconds(span: timedelta) -> float:
    """How long `span` takes in real seconds."""
    described = os.environ.get(VARIABLE)
    return span.total_seconds() / (float(described.split()[2]) if described else 1.0)
