"""Links and addresses that only this installation can make."""

from functools import lru_cache

from django.conf import settings

from campaigns.answering import Answering
from campaigns.own_links import UNSUBSCRIBE, OwnLinks
from campaigns.reply_address import ReplyTokens

CONFIRM, MINE = "confirm", "mine"


def answering() -> Answering:
    """By which addressees answer; old secrets open them still."""
    return _answering(settings.OUTREACH_URL, _secrets())


def unsubscribing() -> OwnLinks:
    """By which supporters leave; old secrets open them still."""
    return _links(settings.OUTREACH_URL, _secrets(), UNSUBSCRIBE)


def confirming() -> OwnLinks:
    """By which somebody who reads the mail of an address says that the signature is theirs, or is not."""
    return _links(settings.OUTREACH_URL, _secrets(), CONFIRM)


def own_data() -> OwnLinks:
    """By which somebody sees what we know of them; such a link names the mail that brought it, and ends with it."""
    return _links(settings.OUTREACH_URL, _secrets(), MINE)


def reply_tokens() -> ReplyTokens:
    """What stands for an appeal in the address for its answers; old secrets open them still."""
    return _reply_tokens(_secrets())


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=16)
def _links(base: str, secrets: tuple[str, ...], purpose: str) -> OwnLinks:
    return OwnLinks(base, secrets, purpose)


@lru_cache(maxsize=8)
def _reply_tokens(secrets: tuple[str, ...]) -> ReplyTokens:
    return ReplyTokens(secrets)


@lru_cache(maxsize=8)
def _answering(base: str, secrets: tuple[str, ...]) -> Answering:
    return Answering(base, secrets)
