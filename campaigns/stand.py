"""How an addressee stands, in one word that everybody may read. Pure."""

from collections.abc import Collection

SILENT, COMMITTED, REFUSED, ACTED = STANDS = ("silent", "committed", "refused", "acted")


def stand_of(outcomes: Collection[str], *, has_acted: bool) -> str:
    """One of STANDS: what was done counts before what was promised, and that before what was refused.

    `outcomes`: the kinds of the newest outcome on each demand. `has_acted`: no demand is open any more.
    """
    if has_acted:
        return ACTED
    return next((each for each in (COMMITTED, REFUSED) if each in outcomes), SILENT)
