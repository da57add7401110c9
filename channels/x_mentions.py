"""Posts on X that answer the campaign's own account or name it, newest first.

Source: X's "User mentions timeline": the last 800 mentions, replies to the account's own posts among them.
"""

import json
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from channels.reply import Page, Reply

if TYPE_CHECKING:
    import tweepy

PAGE = 20  # posts; they are paid for each
FIELDS = ["author_id", "conversation_id", "created_at", "entities", "lang", "referenced_tweets"]
ONE_SECOND = timedelta(seconds=1)


def mentions(client: "tweepy.Client", user: str, since: str, until: str, from_at: datetime | None) -> Page:
    """One page of what is newer than the post `since` and older than `until`; without `since`, from `from_at` on.

    Raises what the client raises.
    """
    asked: dict[str, Any] = {"max_results": PAGE, "tweet_fields": FIELDS, "user_auth": True}
    asked |= {"expansions": ["author_id"], "user_fields": ["name", "username"]}
    if since:
        asked["since_id"] = since
    elif from_at is not None:
        asked["start_time"] = min(from_at, datetime.now(UTC) - ONE_SECOND)
    if until:
        asked["until_id"] = until
    told = client.get_users_mentions(user, **asked)
    authors = {str(each.id): each for each in (told.includes or {}).get("users", ())}
    tweets = list(told.data or ())
    found = tuple(_reply(each, authors[str(each.author_id)]) for each in tweets if str(each.author_id) in authors)
    has_more = bool((told.meta or {}).get("next_token")) and bool(tweets)
    return Page(found, str(tweets[0].id) if tweets else "", str(tweets[-1].id) if has_more else "")


def _reply(tweet: "tweepy.Tweet", author: "tweepy.User") -> Reply:
    above = [str(each.id) for each in tweet.referenced_tweets or () if each.type == "replied_to"]
    first = str(tweet.conversation_id or tweet.id)
    return Reply(
        name=str(tweet.id),
        author=f"@{author.username}",
        author_name=str(author.name),
        text=_as_written(tweet),
        at=tweet.created_at.astimezone(UTC),
        answers=tuple(dict.fromkeys([*above, *([first] if above and first != str(tweet.id) else [])])),
        language="" if tweet.lang in (None, "und", "zxx", "qme", "qht", "art") else str(tweet.lang),
        url=f"https://x.com/i/web/status/{tweet.id}",
        raw=json.dumps({"post": tweet.data, "author": author.data}).encode(),
    )


def _as_written(tweet: "tweepy.Tweet") -> str:
    text: str = tweet.text
    for link in (tweet.entities or {}).get("urls", ()):
        text = text.replace(link["url"], link.get("expanded_url", link["url"]))
    return unescape(text)
