"""How long an answer asks us to wait, in the many ways servers say it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

AT_MOST = timedelta(days=1)
READINGS: tuple[Callable[[str], datetime], ...] = (
    lambda said: datetime.fromtimestamp(int(said), UTC),
    datetime.fromisoformat,
    parsedate_to_datetime,
)
RESETS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")


def wait_of(headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """`Retry-After` (seconds or a date), else the moment a limit is reset (epoch seconds or ISO 8601); at most a day.

    The names of `headers` must be findable in small letters. None if nothing was said that makes sense.
    """
    now = now or datetime.now(UTC)
    if said := headers.get("retry-after"):
        return _bounded(_seconds(said) or _until(said, now))
    for name in RESETS:
        if said := headers.get(name):
            return _bounded(_until(said, now))
    return None


def _bounded(wait: timedelta | None) -> timedelta | None:
    return None if wait is None else max(timedelta(seconds=1), min(wait, AT_MOST))


def _seconds(said: str) -> timedelta | None:
    return timedelta(seconds=int(said)) if said.isdecimal() and len(said) < 9 else None


def _until(said: str, now: datetime) -> timedelta | None:
    for reading in READINGS:
        try:
            moment = reading(said)
        except (ValueError, OverflowError, OSError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return None
