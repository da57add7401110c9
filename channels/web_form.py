"""Web form: a page of the addressee's where a person pastes the text and presses the button."""

import re
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from channels.channel import Channel, Deed
from channels.domain import domain_problem

VISIBLE = re.compile(r"[!-~\u00a1-\U0010ffff]{1,320}")


def _problem(address: str) -> str | None:
    parts = _split(address)
    if parts is None or parts.scheme != "https" or not parts.hostname or not VISIBLE.fullmatch(address):
        return f"{address} is not the address of a web form: that is a link that begins with https://"
    if parts.username is not None or parts.password is not None:
        return f"{address} has a name or a password in it: give the address that everybody may see"
    if problem := domain_problem(parts.hostname):
        return f"{address} leads nowhere: {problem}"
    return None


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for one that is no number
    except ValueError:
        return None
    return parts


FORM = Channel(
    name="form",
    title="Web form",
    is_public=False,
    has_subject=False,
    address_rule=_problem,
    deed=Deed("fill in this web form", "Sent by the form", within=timedelta(days=1)),
)
