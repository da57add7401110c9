"""Whether a post over there is the text that was sent, whatever the place did to its spaces, links and signs."""

import re
import unicodedata
from html import unescape

SCHEME = re.compile(r"\bhttps?://", re.IGNORECASE)
SLASH = re.compile(r"/(?=\s|$)")
HOST_OF_MENTION = re.compile(r"(?<![\w/])(@[A-Za-z0-9_]+)@[\w.-]+\w", re.ASCII)
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)


def essence(text: str) -> str:
    """What of a text stays the same: normalised to NFC, spaces as one, links without scheme and last slash."""
    text = SCHEME.sub("", unicodedata.normalize("NFC", text))
    return SLASH.sub("", " ".join(HOST_OF_MENTION.sub(r"\1", text).split()))


def essence_of_html(html: str) -> str:
    """The same for a post that comes back as HTML."""
    return essence(unescape(TAG.sub("", BREAK.sub(" ", html))))
