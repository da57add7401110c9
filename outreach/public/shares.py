"""Links that open the reader's own app with words about the campaign in it. What comes of them, nobody here knows."""

from urllib.parse import quote, urlencode

from campaigns.share import BLUESKY, EMAIL, MASTODON, TELEGRAM, WHATSAPP, X
from channels.domain import ascii_domain, domain_problem

INTENTS = {
    WHATSAPP: "https://wa.me/?",
    TELEGRAM: "https://t.me/share/url?",
    X: "https://x.com/intent/tweet?",
    BLUESKY: "https://bsky.app/intent/compose?",
}
WITH_URL = (TELEGRAM, X)  # take the address apart from the words


def share_link(app: str, title: str, url: str, server: str = "") -> str:
    """`title` and `url`: what the app is filled in with. `server`: the reader's own, where the app is Mastodon."""
    if app == EMAIL:
        return f"mailto:?subject={quote(title)}&body={quote(url)}"
    intent = f"https://{server}/share?" if app == MASTODON else INTENTS[app]
    fields = {"text": title, "url": url} if app in WITH_URL else {"text": f"{title} {url}"}
    return intent + urlencode(fields, quote_via=quote)


def server_of(written: str) -> str:
    """The name of a server as the DNS knows it, from its name, its address, or somebody's handle on it; empty if it is
    none.
    """
    name = written.strip().casefold().removeprefix("https://").partition("/")[0].rpartition("@")[2]
    return "" if domain_problem(name) else ascii_domain(name)
