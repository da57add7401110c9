"""Links of somebody's own: signed, so that nobody can make one for another, each good for one purpose only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from hmac import compare_digest
from uuid import UUID

UNSUBSCRIBE = "unsubscribe"
VERSION = b"\x01"
SEAL = 16  # bytes
LENGTH = len(VERSION) + 16 + SEAL  # a multiple of three, so that base64 needs no padding


@dataclass(frozen=True)
class OwnLinks:
    """`base`: where this installation is found, without a slash at its end. `secrets`: the first one seals, all of them
    open, so that links in old letters work on after a change of secrets. `purpose`: what a link is good for, and the
    word in it; 16 letters at most.

    A link names a row by its random id and nobody by name. A supporter belongs to one campaign, and so does their link.
    """

    base: str
    secrets: tuple[str, ...]
    purpose: str = UNSUBSCRIBE

    def link(self, supporter: UUID) -> str:
        """Where a GET asks and a POST acts; for unsubscribing as RFC 8058 has it."""
        return f"{self._beginning}{self.token(supporter)}"

    def token(self, supporter: UUID) -> str:
        """44 characters of base64: version, id and seal. About two microseconds."""
        said = VERSION + supporter.bytes
        return urlsafe_b64encode(said + self._seal(said, self._keys[0])).decode()

    def supporter(self, token: str) -> UUID | None:
        """Whose token it is; None if it was not made here."""
        try:
            raw = urlsafe_b64decode(token.encode())
        except (Error, ValueError):
            return None
        said, seal = raw[:-SEAL], raw[-SEAL:]
        is_spelt_so = urlsafe_b64encode(raw).decode() == token  # base64 has other spellings of the same bytes
        if len(raw) != LENGTH or not is_spelt_so or not said.startswith(VERSION):
            return None
        is_ours = any(compare_digest(seal, self._seal(said, key)) for key in self._keys)
        return UUID(bytes=said[len(VERSION) :]) if is_ours else None

    @cached_property
    def _beginning(self) -> str:
        return f"{self.base}/{self.purpose}/"

    @cached_property
    def _keys(self) -> tuple[bytes, ...]:
        return tuple(blake2b(secret.encode(), person=self._person).digest() for secret in self.secrets)

    @cached_property
    def _person(self) -> bytes:
        return self.purpose.encode()

    def _seal(self, said: bytes, key: bytes) -> bytes:
        return blake2b(said, digest_size=SEAL, key=key, person=self._person).digest()
