"""A post as X gives it back: its links shortened, three characters escaped."""

from html import escape
from typing import Any

import regex

from channels.weighted_length import LINK


def shown(post: str, text: str) -> dict[str, Any]:
    """Its id and text, and where the links lead."""
    links: list[dict[str, str]] = []

    def shortened(link: regex.Match[str]) -> str:
        whole = link[0] if "://" in link[0] else f"http://{link[0]}"
        links.append({"url": f"https://t.co/{post[-4:]}{len(links):06}", "expanded_url": whole})
        return links[-1]["url"]

    kept: dict[str, Any] = {"id": post, "text": escape(LINK.sub(shortened, text), quote=False)}
    return {**kept, "edit_history_tweet_ids": [post], **({"entities": {"urls": links}} if links else {})}
