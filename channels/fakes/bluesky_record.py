"""What a Bluesky server checks in a post. Source: the lexicons `app.bsky.feed.post` and `app.bsky.richtext.facet`."""

import re
from datetime import datetime
from typing import Any

from channels.graphemes import graphemes

TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
LINK = "app.bsky.richtext.facet#link"


def problem_of(record: Any, key: str) -> str | None:
    """A sentence if the record would not be taken under this key, else None."""
    if not isinstance(record, dict) or record.get("$type") != "app.bsky.feed.post":
        return "Record must be an app.bsky.feed.post"
    text = record.get("text")
    if not isinstance(text, str):
        return "Record/text must be a string"
    if graphemes(text) > 300:
        return "Record/text must not be longer than 300 graphemes"
    if len(text.encode()) > 3000:
        return "Record/text must not be longer than 3000 bytes"
    if not TID.fullmatch(key):
        return "The record key must be a TID"
    try:
        datetime.fromisoformat(record.get("createdAt", ""))
    except (TypeError, ValueError):
        return "Record/createdAt must be an RFC 3339 datetime"
    return next((problem for facet in record.get("facets", []) if (problem := _facet_problem(facet, text))), None)


def _facet_problem(facet: dict[str, Any], text: str) -> str | None:
    spelt, index = text.encode(), facet["index"]
    start, end = index["byteStart"], index["byteEnd"]
    if not 0 <= start < end <= len(spelt):
        return f"A facet from byte {start} to {end} is outside of the text"
    try:
        words = spelt[start:end].decode()
    except UnicodeDecodeError:
        return f"A facet from byte {start} to {end} begins or ends inside a character"
    links = [feature["uri"] for feature in facet["features"] if feature["$type"] == LINK]
    if any(uri not in (words, f"https://{words}") for uri in links):
        return f"A facet links {words!r} to another address"
    return None
