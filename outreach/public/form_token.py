"""A seal on a form: that it is ours, for this campaign, and when it was made. It is the same for everybody."""

import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings

LIFETIME = timedelta(days=2)


def form_token(campaign: str, made_at: datetime) -> str:
    """`campaign`: its slug."""
    seconds = int(made_at.timestamp())
    return f"{seconds:x}.{_seal(campaign, seconds, settings.SECRET_KEY)}"


def made_at(token: str, campaign: str, now: datetime) -> datetime | None:
    """When the form was made; None if it was not made here, is for another campaign, or too old."""
    said, _, seal = token.partition(".")
    try:
        seconds = int(said, 16)
        made = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    is_ours = any(hmac.compare_digest(seal.encode(), _seal(campaign, seconds, each).encode()) for each in secrets)
    return made if is_ours and now - LIFETIME <= made <= now + timedelta(minutes=1) else None


def _seal(campaign: str, seconds: int, secret: str) -> str:
    return hmac.digest(secret.encode(), f"form {campaign} {seconds}".encode(), "sha256").hex()[:24]
