"""Posts on Bluesky that answer the campaign's own account or name it, newest first.

Source: the lexicons `app.bsky.notification.listNotifications` and `app.bsky.feed.post`. When a post was written is what
its author claims; when it was indexed is what the network saw, and that is the time that counts.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from channels.reply import Page, Reply

if TYPE_CHECKING:
    from atproto import Client

PAGE = 50
REASONS = ["reply", "mention"]


def notices(client: "Client", since: str, cursor: str, from_at: datetime | None) -> Page:
    """One page of what was indexed at the moment `since` or later; without it, at `from_at` or later.

    Raises what the client raises.
    """
    told = client.app.bsky.notification.list_notifications(
        {"reasons": REASONS, "limit": PAGE, **({"cursor": cursor} if cursor else {})}
    )
    first_at = _moment(since) if since else from_at
    fresh = [each for each in told.notifications if first_at is None or _moment(each.indexed_at) >= first_at]
    has_more = bool(told.cursor) and bool(fresh) and len(fresh) == len(told.notifications)
    return Page(
        tuple(_reply(each) for each in fresh if each.reason in REASONS),
        str(fresh[0].indexed_at) if fresh else "",
        str(told.cursor) if has_more else "",
    )


def _reply(notice: Any) -> Reply:
    post, author = notice.record, notice.author
    above = getattr(post, "reply", None)
    languages: Sequence[str] = getattr(post, "langs", None) or ()
    return Reply(
        name=str(notice.uri),
        author=str(author.handle),
        author_name=str(author.display_name or ""),
        text=str(getattr(post, "text", "")),
        at=_moment(notice.indexed_at),
        answers=tuple(dict.fromkeys([str(above.parent.uri), str(above.root.uri)])) if above else (),
        language=str(languages[0]) if languages else "",
        url=f"https://bsky.app/profile/{author.did}/post/{str(notice.uri).rpartition('/')[2]}",
        raw=json.dumps(notice.model_dump(), default=str).encode(),
    )


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone(UTC)
