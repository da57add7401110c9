"""Text about people, sealed in its column: who has the database alone, or a copy of it, cannot read it.

AES-256-GCM (NIST SP 800-38D) under a key made from SECRET_KEY, with a random nonce for each value, so that equal texts
look different. Opening one takes about two microseconds, for a wave opens a million.
"""

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE = 12  # bytes
MARK = 2  # bytes that say which secret it was sealed with


if TYPE_CHECKING:
    Column = models.BinaryField[str, str]
else:
    Column = models.BinaryField


class SealedText(Column):
    """A text in Python, sealed bytes in the database; nothing can be found by it. Empty text is kept as no bytes."""

    description = "Text, sealed where it rests"

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> str | None:
        return None if value is None else opened(bytes(value))

    def get_db_prep_value(self, value: str | None, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(None if value is None else sealed(value), connection, prepared)

    def to_python(self, value: str) -> str:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def get_default(self) -> Any:
        return "" if self.default is models.NOT_PROVIDED and not self.null else super().get_default()


def sealed(text: str) -> bytes:
    """`text` under the newest secret."""
    if not text:
        return b""
    mark, key = next(iter(_keys(_secrets()).items()))
    nonce = os.urandom(NONCE)
    return mark + nonce + key.encrypt(nonce, text.encode(), None)


def opened(kept: bytes) -> str:
    """The text, sealed with SECRET_KEY or one of SECRET_KEY_FALLBACKS. ImproperlyConfigured if that secret is gone."""
    if not kept:
        return ""
    key = _keys(_secrets()).get(kept[:MARK])
    try:
        if key is not None:
            return key.decrypt(kept[MARK : MARK + NONCE], kept[MARK + NONCE :], None).decode()
    except InvalidTag:
        pass
    raise ImproperlyConfigured(
        "Names and addresses were sealed with a SECRET_KEY that is gone; give it in SECRET_KEY_FALLBACKS"
    )


def newest_mark() -> bytes:
    """The first bytes of whatever is sealed under the newest secret."""
    return next(iter(_keys(_secrets())))


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _keys(secrets: tuple[str, ...]) -> Mapping[bytes, AESGCM]:
    """By their marks, the newest first."""
    return {_mark(key): AESGCM(key) for key in map(_key, secrets)}


def _key(secret: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"outreach: text about people").derive(secret.encode())


def _mark(key: bytes) -> bytes:
    digest = Hash(SHA256())
    digest.update(key)
    return digest.finalize()[:MARK]
