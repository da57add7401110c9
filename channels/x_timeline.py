"""What the campaign's own account has posted on X of late, as far as it is needed to know a post again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from channels.same_text import essence

if TYPE_CHECKING:
    import tweepy

SKEW = timedelta(minutes=1)  # between their clock and ours
PAGE = 100
MOST_PAGES = 3


@dataclass(frozen=True, slots=True)
class Timeline:
    """`posts`: the id of each by the essence of its text, the newest counting. `is_whole`: nothing was left out."""

    posts: dict[str, str]
    is_whole: bool

    def id_of(self, text: str) -> str:
        """Empty if it is not there."""
        return self.posts.get(essence(text), "")


def timeline(client: "tweepy.Client", user: str, since: datetime | None) -> Timeline:
    """The posts since `since`, or the newest without it. Raises what the client raises."""
    posts: dict[str, str] = {}
    asked: dict[str, Any] = {"max_results": PAGE, "tweet_fields": ["entities"], "user_auth": True}
    if since is not None:
        asked["start_time"] = since - SKEW
    for _ in range(MOST_PAGES):
        page = client.get_users_tweets(user, **asked)
        for tweet in page.data or ():
            posts.setdefault(essence(_as_written(tweet.text, tweet.entities or {})), str(tweet.id))
        if not (page.meta or {}).get("next_token"):
            return Timeline(posts, is_whole=True)
        asked["pagination_token"] = page.meta["next_token"]
    return Timeline(posts, is_whole=False)


def _as_written(text: str, entities: dict[str, Iterable[dict[str, str]]]) -> str:
    """X shortens links and escapes three characters."""
    for link in entities.get("urls", ()):
        text = text.replace(link["url"], link.get("expanded_url", link["url"]))
    return unescape(text)
