"""Links and addresses that only this installation can make."""

from functools import lru_cache

from django.conf import settings

from campaigns.reply_address import ReplyTokens
from campaigns.unsubscribe import Unsubscribing


def unsubscribing() -> Unsubscribing:
    """By which supporters leave; old secrets open them still."""
    return _unsubscribing(settings.OUTREACH_URL, _secrets())


def reply_tokens() -> ReplyTokens:
    """What stands for an appeal in the address for its answers; old secrets open them still."""
    return _reply_tokens(_secrets())


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _unsubscribing(base: str, secrets: tuple[str, ...]) -> Unsubscribing:
    return Unsubscribing(base, secrets)


@lru_cache(maxsize=8)
def _reply_tokens(secrets: tuple[str, ...]) -> ReplyTokens:
    return ReplyTokens(secrets)
