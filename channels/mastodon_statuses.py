"""Finding a post among the account's own statuses."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channels.answer import Receipt
from channels.envelope import Envelope
from channels.same_text import essence, essence_of_html

if TYPE_CHECKING:
    from mastodon import Mastodon

SKEW = timedelta(minutes=1)  # between their clock and ours
PAGE = 40
MOST_PAGES = 3


def known_status(client: "Mastodon", user: str, envelope: Envelope) -> tuple[Receipt | None, bool]:
    """The receipt of the newest status with this text since the envelope was written, or None; and whether the answer
    is certain, because no status since then was left out. Raises what the client raises.
    """
    since = envelope.written_at - SKEW if envelope.written_at else None
    wanted, before = essence(envelope.text), None
    for _ in range(MOST_PAGES):
        page: list[Any] = client.account_statuses(user, exclude_reblogs=True, limit=PAGE, max_id=before)
        for status in page:
            if since is not None and status["created_at"] < since:
                return None, True
            if essence_of_html(status["content"]) == wanted:
                return Receipt(str(status["id"]), url=str(status["url"] or "")), True
        if len(page) < PAGE:
            return None, True
        before = page[-1]["id"]
    return None, False
