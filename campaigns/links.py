"""Where the links of a message lead."""

from campaigns.words.context import Links
from campaigns.words.link import link


def links_of(base: str, language: str, addressee: str = "", unsubscribe: str = "") -> Links:
    """`base`: the campaign's own address, under which its pages in `language` are. `addressee`: key of the one whose
    record is meant; `unsubscribe`: the link of the supporter who is written to.
    """
    base = base.rstrip("/")
    pages = f"{base}/{language}"
    return Links(
        campaign=link(f"{pages}/"),
        record=link(f"{pages}/record/{addressee}" if addressee else f"{pages}/record"),
        write=link(f"{pages}/write"),
        evidence=link(f"{base}/evidence"),
        report=link(f"{pages}/report"),
        unsubscribe=link(unsubscribe or f"{base}/unsubscribe"),
    )
