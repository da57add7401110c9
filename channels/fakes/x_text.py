"""A post as X gives it back: its links shortened, three characters escaped."""

from html import escape
from typing import Any

import regex

from channels.weighted_length import link


def shown(post: str, text: str) -> dict[str, Any]:
    """Its id and text, and where the links lead."""
    links: list[dict[str, str]] = []

    def shortened(found: regex.Match[str]) -> str:
        whole = found[0] if "://" in found[0] else f"http://{found[0]}"
        links.append({"url": f"https://t.co/{post[-4:]}{len(links):06}", "expanded_url": whole})
        return links[-1]["url"]

    kept: dict[str, Any] = {"id": post, "text": escape(link().sub(shortened, text), quote=False)}
    return {**kept, "edit_history_tweet_ids": [post], **({"entities": {"urls": links}} if links else {})}
