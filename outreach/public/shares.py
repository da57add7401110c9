"""Links that open the reader's own app with words about the campaign in it. What comes of them, nobody here knows."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

INTENTS = {
    "WhatsApp": "https://wa.me/?",
    "Telegram": "https://t.me/share/url?",
    "X": "https://x.com/intent/tweet?",
    "Bluesky": "https://bsky.app/intent/compose?",
    "Mastodon": "https://mastodonshare.com/?",
}


def shares(title: str, url: str) -> Iterator[tuple[str, str]]:
    """Where, and the link: `title` and `url` are what the app is filled in with."""
    yield "Email", f"mailto:?subject={quote(title)}&body={quote(url)}"
    for where, intent in INTENTS.items():
        yield where, intent + urlencode(_fields(where, title, url), quote_via=quote)


def _fields(where: str, title: str, url: str) -> dict[str, str]:
    match where:
        case "Telegram" | "X" | "Mastodon":
            return {"text": title, "url": url}
        case _:
            return {"text": f"{title} {url}"}
