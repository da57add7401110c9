"""Posts on Mastodon that answer the campaign's own account or name it: the server tells both as mentions.

Source: Mastodon's documentation, «notifications»: with `min_id` the oldest come first. When a post was written is what
its author's server says; when we were told is what our own says, and that is the time that counts.
"""

import json
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from channels.reply import MOST_PAGES, Replies, Reply
from channels.same_text import BREAK, TAG

if TYPE_CHECKING:
    from mastodon import Mastodon

PAGE = 40
BEGINNING = "0"


def mentions(client: "Mastodon", domain: str, since: str, from_at: datetime | None) -> Replies:
    """What came after the notification `since`, and not before `from_at`; a few pages at a time, none left out.

    `domain`: of the accounts on our own server, which it names without one. Raises what the client raises.
    """
    found: list[Reply] = []
    for _ in range(MOST_PAGES):
        page: list[Any] = client.notifications(types=["mention"], min_id=since or BEGINNING, limit=PAGE)
        told = [each for each in page if each["status"] and (from_at is None or each["created_at"] >= from_at)]
        found += [_reply(each, domain) for each in told]
        since = max((str(each["id"]) for each in page), key=int, default=since)
        if len(page) < PAGE:
            return Replies(tuple(found), since)
    return Replies(tuple(found), since, is_all=False)


def _reply(told: Any, domain: str) -> Reply:
    status, account = told["status"], told["account"]
    name = str(account["acct"])
    return Reply(
        name=str(status["id"]),
        author=f"@{name}" if "@" in name else f"@{name}@{domain}",
        author_name=str(account["display_name"] or ""),
        text=unescape(TAG.sub("", BREAK.sub("\n", status["content"]))).strip(),
        at=told["created_at"].astimezone(UTC),
        answers=(str(status["in_reply_to_id"]),) if status["in_reply_to_id"] else (),
        language=str(status["language"] or ""),
        url=str(status["url"] or status["uri"] or ""),
        raw=json.dumps(told, default=str).encode(),
    )
