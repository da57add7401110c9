"""The address a bounce comes back to, with the letter's own key in it, which is surer than reading the bounce."""

import re

TAGGED = re.compile(r".+?\+([A-Za-z0-9][A-Za-z0-9._-]*)@[^@]+")


def tagged(return_path: str, key: str) -> str:
    """`bounces@campaign.example` for the letter `0190c1`: `bounces+0190c1@campaign.example`."""
    local, at, domain = return_path.rpartition("@")
    return f"{local}+{key}{at}{domain}"


def key_in(recipient: str) -> str:
    """The key of the letter that a message to this address is about; empty if it names none."""
    found = TAGGED.fullmatch(recipient)
    return found[1] if found else ""
