"""The address for answers to one appeal: sealed, so that nobody can make one, and spelt so that it survives typing."""

from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import blake2b
from hmac import compare_digest
from uuid import UUID

PURPOSE = b"reply address"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Small letters and digits without i, l, o and u, which are taken for others (Crockford's base 32)."""
OPENING = 8  # characters: the first 40 bits of the appeal's id, by which it is found
LENGTH = OPENING + 12  # and 60 bits of seal
SIMILAR = 0.8
MEANT = str.maketrans("ilou", "110v")
TO_OURS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)


@dataclass(frozen=True)
class ReplyTokens:
    """`secrets`: the first one seals, all of them open, so that addresses in old letters work on after a change.
    `purpose`: a token for one is none for another.
    """

    secrets: tuple[str, ...]
    purpose: bytes = PURPOSE

    def token(self, appeal: UUID) -> str:
        """Twenty characters that stand for an appeal, or for whatever else has an id."""
        return _token(appeal, self._keys[0])

    def is_of(self, token: str, appeal: UUID) -> bool:
        """Whether a token was made here for this appeal. Capitals are small letters: servers may change them."""
        return any(compare_digest(token.lower().encode(), own.encode()) for own in self._tokens(appeal))

    def likeness(self, said: str, appeal: UUID) -> float:
        """From 0 to 1: 1 only for the token itself; less where it was misread, a character is wrong, or two swapped."""
        if self.is_of(said, appeal):
            return 1.0
        said = meant(said)
        best = max(
            0.99 if said == own else max(SequenceMatcher(None, said, own).ratio(), 0.95 * is_one_slip(said, own))
            for own in self._tokens(appeal)
        )
        return min(best, 0.99)

    def _tokens(self, appeal: UUID) -> Iterator[str]:
        return (_token(appeal, key) for key in self._keys)

    @cached_property
    def _keys(self) -> tuple[bytes, ...]:
        return tuple(blake2b(secret.encode(), person=self.purpose).digest() for secret in self.secrets)


def meant(said: str) -> str:
    """What somebody will have meant who typed it: l and i for 1, o for 0, u for v."""
    return said.lower().translate(MEANT)


def slips(said: str) -> set[str]:
    """All that `said` may have been before one character was left out, added or changed, or two neighbours swapped."""
    said = meant(said)
    halves = [(said[:i], said[i:]) for i in range(len(said) + 1)]
    found = {one + other[1:] for one, other in halves if other}
    found |= {one + other[1] + other[0] + other[2:] for one, other in halves if len(other) > 1}
    found |= {one + letter + other[1:] for one, other in halves if other for letter in ALPHABET}
    found |= {one + letter + other for one, other in halves for letter in ALPHABET}
    return {each for each in found if len(each) == LENGTH and set(each) <= set(ALPHABET)}


def is_one_slip(one: str, other: str) -> bool:
    """Whether one character is left out, added or changed, or two neighbours are swapped."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    is_swapped = one[1::-1] == other[:2] and one[2:] == other[2:]
    return is_swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def ids_of(tokens: set[str]) -> list[tuple[UUID, UUID]]:
    """For the opening of each token the first and the last id that an appeal with such a token may have."""
    spans = []
    for opening in sorted({each[:OPENING] for each in tokens if len(each) >= OPENING}):
        number = 0
        for letter in opening:
            number = number << 5 | ALPHABET.index(letter)
        spans.append((UUID(int=number << 88), UUID(int=(number + 1 << 88) - 1)))
    return spans


def _token(appeal: UUID, key: bytes) -> str:
    seal = blake2b(appeal.bytes, digest_size=8, key=key, person=PURPOSE).digest()
    return _spelt(appeal.bytes[:5]) + _spelt(seal)[: LENGTH - OPENING]


def _spelt(some: bytes) -> str:
    return b32encode(some).decode().rstrip("=").translate(TO_OURS)
