"""Letters that differ in a few values of the same shape: made once in full, then cast by putting the values in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mould:
    """`pieces`: what is always the same, and between each two of them a place for the value of that number."""

    pieces: tuple[bytes, ...]
    values: tuple[int, ...]

    def cast(self, values: Sequence[bytes]) -> bytes:
        """The letter with these values, which must have the shape of those that the mould was made from."""
        cast = list(self.pieces)
        cast[1::2] = [values[number] for number in self.values]
        return b"".join(cast)


def mould(one: bytes, its: Sequence[bytes], other: bytes, others: Sequence[bytes]) -> Mould | None:
    """The mould of two letters that were made in full from different values of the same shape.

    None if they differ in more than their values, so that putting in others would not make the same letter as making it
    in full.
    """
    first, second = _taken_apart(one, its), _taken_apart(other, others)
    return first if first == second else None


def _taken_apart(letter: bytes, values: Sequence[bytes]) -> Mould:
    numbers = {value: number for number, value in enumerate(values)}
    longest_first = sorted(numbers, key=len, reverse=True)
    parts = re.split(b"(" + b"|".join(map(re.escape, longest_first)) + b")", letter)
    pieces = tuple(b"" if at % 2 else part for at, part in enumerate(parts))
    return Mould(pieces, tuple(numbers[value] for value in parts[1::2]))
