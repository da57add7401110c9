"""Where the links of a message lead."""

from campaigns.words.context import Links
from campaigns.words.link import link


def links_of(base: str, addressee: str = "", supporter: str = "") -> Links:
    """`base`: the campaign's own address. `addressee`: key of the one whose record is meant; `supporter`: a token."""
    base = base.rstrip("/")
    return Links(
        campaign=link(base),
        record=link(f"{base}/record/{addressee}" if addressee else f"{base}/record"),
        write=link(f"{base}/write"),
        evidence=link(f"{base}/evidence"),
        unsubscribe=link(f"{base}/unsubscribe/{supporter}" if supporter else f"{base}/unsubscribe"),
    )
