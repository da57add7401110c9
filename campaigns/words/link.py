import re

LINK = re.compile(r"(?:https?://[^\s<>\"\x00-\x1f]+|mailto:[^\s<>\"\x00-\x1f@]+@[^\s<>\"\x00-\x1f@]+)\Z", re.IGNORECASE)


class Link(str):
    """An address on the web (http, https) or of a mailbox (mailto): the only things a letter may link to."""

    __slots__ = ()


def is_link(text: str) -> bool:
    return LINK.match(text) is not None


def link(text: str) -> Link:
    """`text` as a link; empty stays empty. Raises ValueError for anything a letter may not link to."""
    if text and not is_link(text):
        raise ValueError(f"{text!r} is not a link: it must begin with https://, http:// or mailto:")
    return Link(text)


NOWHERE = Link("")
