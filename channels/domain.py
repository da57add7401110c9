"""Domain names: what is wrong with one, and how it is spelt for machines."""

import re

import idna

LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def ascii_domain(domain: str) -> str:
    """The domain as the DNS knows it: `առաջին.հայ` becomes `xn--…` (IDNA 2008, mapped by UTS 46).

    A domain of ASCII comes back as it is. Raises ValueError with a sentence if there is no such spelling.
    """
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as problem:
        raise ValueError(f"{domain} is not a domain name: {problem}") from None


def ascii_address(address: str) -> str:
    """A mail address with its domain as the DNS knows it."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"


def domain_problem(domain: str) -> str | None:
    """A sentence if this cannot be the name of a host on the internet (RFC 1123, 5890), else None."""
    try:
        spelt = ascii_domain(domain)
    except ValueError as problem:
        return str(problem)
    labels = spelt.split(".")
    if "" in labels:
        return f"{domain} is not a domain name: a dot is missing its neighbour"
    if len(labels) < 2:
        return f"{domain} is not a domain name: it has no dot"
    if len(spelt) > 253:
        return f"{domain} is not a domain name: it is longer than 253 characters"
    for label in labels:
        if len(label) > 63:
            return f"{domain} is not a domain name: {label} is longer than 63 characters"
        if not LABEL.fullmatch(label):
            return f"{domain} is not a domain name: {label} may have only letters, digits and inner hyphens"
    if labels[-1].isdigit():
        return f"{domain} is not a domain name: it ends in a number"
    return None
