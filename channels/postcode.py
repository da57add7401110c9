"""How postcodes are written so that they can be compared."""

import re

LONGEST = 10  # letters and digits


def plain_postcode(said: str) -> str:
    """Without spaces and hyphens, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", said.upper())


def is_like_a_postcode(said: str) -> bool:
    """Whether it may be one: short, and with a digit in it, which postcodes of all countries have."""
    code = plain_postcode(said)
    return 2 <= len(code) <= LONGEST and any(map(str.isdigit, code))
