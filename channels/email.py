"""Email: a letter to one recipient."""

import re

from channels.channel import Channel
from channels.domain import ascii_domain, domain_problem

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010FFFF-]+")


def _problem(address: str) -> str | None:
    """The part of RFC 5321 and 6531 that addresses in use keep: no quotes, no comments, no numbers for a domain."""
    local, at, domain = address.partition("@")
    if not at:
        return f"{address} has no @"
    if not local:
        return f"{address} has nothing before the @"
    if not domain:
        return f"{address} has nothing after the @"
    if "@" in domain:
        return f"{address} has more than one @"
    if len(local.encode()) > 64:
        return f"{address} has more than 64 bytes before the @"
    if not all(map(ATOM.fullmatch, local.split("."))):
        return f"{address} has something before the @ that an address may not have: {_culprit(local)}"
    if problem := domain_problem(domain):
        return f"{address} has a wrong domain: {problem}"
    if len(local.encode()) + 1 + len(ascii_domain(domain)) > 254:
        return f"{address} is longer than 254 bytes"
    return None


def _culprit(local: str) -> str:
    return next((character for character in local if character != "." and not ATOM.fullmatch(character)), "a lone dot")


EMAIL = Channel(name="email", title="Email", is_public=False, has_subject=True, address_rule=_problem)
