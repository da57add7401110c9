"""A seal that says when it was made and for what: nobody else can make one, and nothing is kept of it."""

import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings

AHEAD = timedelta(minutes=1)  # by which another process's clock may be ahead
LENGTH = 24  # hexadecimal digits


def dated_seal(purpose: str, at: datetime) -> str:
    """`purpose`: what it is for; it cannot be read from the seal."""
    seconds = int(at.timestamp())
    return f"{seconds:x}.{_seal(purpose, seconds, settings.SECRET_KEY)}"


def sealed_at(seal: str, purpose: str, now: datetime, lifetime: timedelta) -> datetime | None:
    """When it was made; None if it was not made here, is for something else, or too old."""
    said, _, own = seal.partition(".")
    try:
        seconds = int(said, 16)
        made = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    is_ours = any(hmac.compare_digest(own.encode(), _seal(purpose, seconds, each).encode()) for each in secrets)
    return made if is_ours and now - lifetime <= made <= now + AHEAD else None


def _seal(purpose: str, seconds: int, secret: str) -> str:
    return hmac.digest(secret.encode(), f"{purpose} {seconds}".encode(), "sha256").hex()[:LENGTH]
