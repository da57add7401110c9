"""Where the links of a message lead."""

from campaigns.words.context import Links
from campaigns.words.link import link


def links_of(base: str, addressee: str = "", unsubscribe: str = "") -> Links:
    """`base`: the campaign's own address. `addressee`: key of the one whose record is meant; `unsubscribe`: the link of
    the supporter who is written to.
    """
    base = base.rstrip("/")
    return Links(
        campaign=link(base),
        record=link(f"{base}/record/{addressee}" if addressee else f"{base}/record"),
        write=link(f"{base}/write"),
        evidence=link(f"{base}/evidence"),
        report=link(f"{base}/report"),
        unsubscribe=link(unsubscribe or f"{base}/unsubscribe"),
    )
