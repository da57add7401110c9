"""Links and addresses that only this installation can make."""

from functools import lru_cache

from django.conf import settings

from campaigns.answering import Answering
from campaigns.own_links import UNSUBSCRIBE, OwnLinks
from campaigns.reply_address import PURPOSE as APPEAL
from campaigns.reply_address import ReplyTokens

CONFIRM, MINE, LETTERS, WRITING, REPLY = "confirm", "mine", "letters", "writing", "reply"


def answering() -> Answering:
    """By which addressees answer; old secrets open them still."""
    return _answering(settings.OUTREACH_URL, _secrets())


def unsubscribing() -> OwnLinks:
    """By which supporters leave; old secrets open them still."""
    return _links(settings.OUTREACH_URL, _secrets(), UNSUBSCRIBE)


def confirming() -> OwnLinks:
    """By which somebody who reads the mail of an address says that the signature is theirs, or is not."""
    return _links(settings.OUTREACH_URL, _secrets(), CONFIRM)


def writing() -> OwnLinks:
    """By which who wrote to addressees confirms the letters of one form, or takes them back; it names the form."""
    return _links(settings.OUTREACH_URL, _secrets(), WRITING)


def own_data() -> OwnLinks:
    """By which somebody sees what we know of them; such a link names the mail that brought it, and ends with it."""
    return _links(settings.OUTREACH_URL, _secrets(), MINE)


def letters_page() -> OwnLinks:
    """By which an office reads what came in one message of supporters; such a link names the mailbag."""
    return _links(settings.OUTREACH_URL, _secrets(), LETTERS)


def reply_page() -> OwnLinks:
    """By which a supporter reads what an office answered to their letter, with its files."""
    return _links(settings.OUTREACH_URL, _secrets(), REPLY)


def reply_tokens(purpose: bytes = APPEAL) -> ReplyTokens:
    """What stands for an appeal, or a supporter's letter, in the address for its answers; old secrets open them
    still.
    """
    return _reply_tokens(_secrets(), purpose)


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=16)
def _links(base: str, secrets: tuple[str, ...], purpose: str) -> OwnLinks:
    return OwnLinks(base, secrets, purpose)


@lru_cache(maxsize=8)
def _reply_tokens(secrets: tuple[str, ...], purpose: bytes) -> ReplyTokens:
    return ReplyTokens(secrets, purpose)


@lru_cache(maxsize=8)
def _answering(base: str, secrets: tuple[str, ...]) -> Answering:
    return Answering(base, secrets)
