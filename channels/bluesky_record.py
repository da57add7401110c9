"""The name of a post in the account's repository, chosen by us so that a repeat is the same post."""

from datetime import datetime
from hashlib import sha256

SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
START_OF_2023 = 1_672_531_200
YEAR = 365 * 24 * 3600


def record_key(key: str, written_at: datetime | None) -> str:
    """A TID, as posts must have (AT Protocol, «Timestamp Identifiers»): a moment in microseconds and a clock's number.

    The second is that of `written_at`, or one in 2023 that the key chooses; the rest is chosen by the key.
    """
    digest = sha256(key.encode()).digest()
    chosen, clock, second = (int.from_bytes(part, "big") for part in (digest[:8], digest[8:12], digest[12:16]))
    seconds = int(written_at.timestamp()) if written_at else START_OF_2023 + second % YEAR
    return _spelt(((seconds * 1_000_000 + chosen % 1_000_000) << 10) | clock % 1024)


def _spelt(number: int) -> str:
    return "".join(SORTABLE[(number >> (5 * place)) & 31] for place in reversed(range(LENGTH)))
