"""Secrets that are kept are kept sealed: whoever reads the database alone, or a copy of it, cannot open them."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def sealed(secret: bytes) -> bytes:
    """AES-128 and HMAC-SHA256 (Fernet), under a key made from SECRET_KEY."""
    return _ring(_secrets()).encrypt(secret)


def unsealed(kept: bytes) -> bytes | None:
    """What was sealed with SECRET_KEY or one of SECRET_KEY_FALLBACKS; None if neither opens it."""
    from cryptography.fernet import InvalidToken

    try:
        return _ring(_secrets()).decrypt(kept)
    except InvalidToken:
        return None


def rotated(kept: bytes) -> bytes | None:
    """The same under SECRET_KEY; None if no secret opens it."""
    from cryptography.fernet import InvalidToken

    try:
        return _ring(_secrets()).rotate(kept)
    except InvalidToken:
        return None


def is_newest(kept: bytes) -> bool:
    """Whether SECRET_KEY itself opens it."""
    from cryptography.fernet import InvalidToken

    try:
        _ring(_secrets()[:1]).decrypt(kept)
    except InvalidToken:
        return False
    return True


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _ring(secrets: tuple[str, ...]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet  # here, so that only who has secrets to keep loads it
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def key(secret: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=b"outreach: sealed where it rests").derive(secret.encode())

    return MultiFernet([Fernet(urlsafe_b64encode(key(secret))) for secret in secrets])
