"""X: a public post from the campaign's own account."""

import re

from channels.channel import Channel, Limit
from channels.weighted_length import weighted_length

HANDLE = re.compile(r"@[A-Za-z0-9_]{1,15}")


def _problem(address: str) -> str | None:
    if HANDLE.fullmatch(address):
        return None
    return f"{address} is not an X handle: that is an @ and 1 to 15 letters (A to Z), digits or underscores"


X = Channel(
    name="x",
    title="X",
    is_public=True,
    has_subject=False,
    address_rule=_problem,
    limits=(Limit(280, "characters the way X counts", weighted_length),),
)
