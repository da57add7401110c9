"""Which letters are nearly identical, told from fingerprints: 64 numbers that say nothing of the words. Pure.

Min-hash (A. Broder, «On the resemblance and containment of documents», 1997): the share of numbers that two
fingerprints have in common estimates the share of runs of three words that two texts have in common. Bands of four
numbers find the candidates without comparing each with each.
"""

import struct
from collections.abc import Sequence
from hashlib import blake2b

from outreach.letters.spoken_words import runs, sentences

LENGTH = 64  # numbers of 32 bits
AT_ONCE = 16  # numbers in one hash of 64 bytes
ROWS = 4  # numbers in a band
NEARLY = 0.7
"""The likeness from which letters are nearly identical: of ten sentences, one was changed."""

_NUMBERS = struct.Struct(f"<{AT_ONCE}I")


def fingerprint(text: str, key: bytes) -> list[int]:
    """64 numbers; none for a text without words. `key`: at most 64 bytes; who lacks it cannot try texts."""
    found = {"\x1f".join(run).encode() for sentence in sentences(text) for run in runs(sentence)}
    if not found:
        return []
    return [least for part in range(LENGTH // AT_ONCE) for least in map(min, *_hashed(found, key, part))]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """From 0 to 1; 0 where one of them has no words."""
    if not one or not other:
        return 0.0
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / LENGTH


def bands(fingerprint: Sequence[int]) -> list[int]:
    """16 numbers of 63 bits. Two letters that have none in common are not nearly identical: one pair in eighty, at
    the threshold, is missed by that; where nine runs in ten are shared, none.
    """
    return [
        int.from_bytes(_band(fingerprint[at : at + ROWS], at), "big") >> 1 for at in range(0, len(fingerprint), ROWS)
    ]


def _hashed(found: set[bytes], key: bytes, part: int) -> list[tuple[int, ...]]:
    salt = bytes([part])
    hashed = [_NUMBERS.unpack(blake2b(run, key=key, salt=salt).digest()) for run in found]
    return hashed if len(hashed) > 1 else hashed * 2  # `min` wants two to compare


def _band(numbers: Sequence[int], at: int) -> bytes:
    return blake2b(struct.pack(f"<{ROWS}I", *numbers), digest_size=8, salt=bytes([at])).digest()
