"""Bluesky: a public post from the campaign's own account.

Source of the limits: the lexicon `app.bsky.feed.post` (300 graphemes and 3,000 bytes); of the handle: the AT Protocol.
"""

from channels.channel import Channel, Limit
from channels.domain import domain_problem
from channels.graphemes import graphemes


def _problem(address: str) -> str | None:
    if address.startswith("@"):
        return f"{address} begins with an @: a Bluesky handle is a domain name alone, {address[1:] or 'name.example'}"
    if not address.isascii():
        return f"{address} is not a Bluesky handle: that is a domain name in the letters A to Z (xn--… for others)"
    if problem := domain_problem(address):
        return f"{address} is not a Bluesky handle: {problem}"
    if address.rpartition(".")[2][0].isdigit():
        return f"{address} is not a Bluesky handle: its last part begins with a digit"
    return None


BLUESKY = Channel(
    name="bluesky",
    title="Bluesky",
    is_public=True,
    has_subject=False,
    address_rule=_problem,
    limits=(
        Limit(300, "characters", graphemes),
        Limit(3000, "bytes", lambda text: len(text.encode("utf-8", "surrogatepass"))),
    ),
)
