"""Links that only this installation can make."""

from functools import lru_cache

from django.conf import settings

from campaigns.unsubscribe import Unsubscribing


def unsubscribing() -> Unsubscribing:
    """By which supporters leave; old secrets open them still."""
    return _unsubscribing(settings.OUTREACH_URL, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _unsubscribing(base: str, secrets: tuple[str, ...]) -> Unsubscribing:
    return Unsubscribing(base, secrets)
