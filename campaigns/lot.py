"""Lots: each supporter draws one for each mailing, always the same one, by whomever and however often it is drawn."""

import hashlib
import uuid
from itertools import pairwise

WHOLE = 2**32


def lot(mailing: uuid.UUID, supporter: uuid.UUID) -> float:
    """From 0 up to but without 1; `outreach.readership` draws the same in PostgreSQL."""
    drawn = hashlib.md5(f"{mailing}/{supporter}".encode(), usedforsecurity=False).hexdigest()
    return int(drawn[:8], 16) / WHOLE


def parts(share: float, wordings: int) -> list[tuple[float, float]]:
    """The lots of those who get each of so many wordings, if together they get this `share` (0 to 1) of all."""
    edges = [share * number / wordings for number in range(wordings)] + [share]
    return list(pairwise(edges))
