"""An X on loopback: signatures, weighted length, duplicates, limits and timelines as X has them; nobody reads it.

In a test: `with X() as x: wire = configured("x", x.address)`, with the secrets of `x.environment` in the environment.
As a process: `python -m channels.fakes.x --port 8027`.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG, WebRule
from channels.fakes.x_mentions import Mentions
from channels.fakes.x_signature import Secrets
from channels.fakes.x_text import shown
from channels.weighted_length import weighted_length

__all__ = ["CUT", "HANG", "Post", "X"]

MENTIONS = re.compile(r"/2/users/(\d+)/mentions")
TIMELINE = re.compile(r"/2/users/(\d+)/tweets")
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
TITLES = {402: "CreditsDepleted", 429: "Too Many Requests"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it was sent; `answers`: the id of the one it follows in a thread."""

    id: str
    text: str
    at: datetime
    answers: str


class X(WebFake):
    """`posts_left`: how many more may be posted before the limit is reached."""

    name = "x"
    user = "1234"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, posts_left: int = 100) -> None:
        super().__init__(host, port)
        self.posts: list[Post] = []
        self.mentions = Mentions()
        self.posts_left = posts_left
        self.secrets = Secrets()
        self.resets_at = int(time.time()) + 900

    @property
    def address(self) -> str:
        return f"x://{self.host}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables a wire needs to be let in."""
        names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
        return {f"OUTREACH_X_{name.upper()}": getattr(self.secrets, name) for name in names}

    def say(self, author: str, text: str, answers: str = "", *, name: str = "", at: datetime | None = None) -> str:
        """Somebody answers one of our posts, or names us; the id of what they post."""
        first = {post.id: self._first(post) for post in self.posts}.get(answers, "")
        return self.mentions.add(author, name or author.title(), text, at or datetime.now(UTC), answers, first)

    def _first(self, post: Post) -> str:
        """The post with which a thread of ours began."""
        above = {each.id: each for each in self.posts}
        while post.answers:
            post = above[post.answers]
        return post.id

    def summary(self) -> object:
        return {"posts": [{"id": post.id, "text": post.text} for post in self.posts]}

    def respond(self, asked: Asked) -> Told:
        if problem := self.secrets.problem(asked):
            return _problem(401, problem)
        match asked.method, asked.path:
            case "POST", "/2/tweets":
                return self._post(asked)
            case "GET", "/2/users/me":
                return Told(200, {"data": {"id": self.user, "name": "Campaign", "username": "campaign"}})
            case "GET", path if (found := TIMELINE.fullmatch(path)) and found[1] == self.user:
                return self._timeline(asked)
            case "GET", path if (found := MENTIONS.fullmatch(path)) and found[1] == self.user:
                return self._mentioned(asked.query)
        return _problem(404, "There is nothing here")

    def told(self, rule: WebRule) -> Told:
        if rule.body is not None:
            return Told(int(rule.reply[:3]), rule.body, rule.headers)
        told = _problem(int(rule.reply[:3]), rule.reply[4:])
        return Told(told.status, told.body, {**(self._limits(0) if told.status == 429 else {}), **rule.headers})

    def _post(self, asked: Asked) -> Told:
        try:
            text, reply = asked.json["text"], asked.json.get("reply", {})
        except (ValueError, KeyError, TypeError, AttributeError):
            return _problem(400, "One or more parameters to your request was invalid.")
        if not text.strip() or weighted_length(text) > 280:
            return _problem(400, "Your Tweet text is empty or too long.")
        if text in {post.text for post in self.posts}:
            return _problem(403, DUPLICATE)
        if reply and reply["in_reply_to_tweet_id"] not in {post.id for post in self.posts}:
            return _problem(400, "You attempted to reply to a Tweet that is deleted or not visible to you.")
        if self.posts_left < 1:
            return Told(429, _problem(429, "Too Many Requests").body, self._limits(0))
        self.posts_left -= 1
        number = 1_700_000_000_000_000_000 + len(self.posts)
        post = Post(str(number), text, datetime.now(UTC), reply.get("in_reply_to_tweet_id", ""))
        self.posts.append(post)
        text = shown(post.id, post.text)["text"]
        return Told(201, {"data": {"id": post.id, "text": text}}, self._limits(self.posts_left))

    def _timeline(self, asked: Asked) -> Told:
        size, start = int(asked.query.get("max_results", "10")), int(asked.query.get("pagination_token", "0"))
        if not 5 <= size <= 100:
            return _problem(400, "The `max_results` query parameter value is not between 5 and 100")
        since = asked.query.get("start_time", "2010-11-06T00:00:00Z")
        found = [post for post in reversed(self.posts) if post.at >= datetime.fromisoformat(since)]
        page = found[start : start + size]
        meta: dict[str, Any] = {"result_count": len(page)}
        if len(found) > start + size:
            meta["next_token"] = str(start + size)
        data = {"data": [shown(post.id, post.text) for post in page]} if page else {}
        return Told(200, {**data, "meta": meta})

    def _mentioned(self, query: dict[str, str]) -> Told:
        if not 5 <= int(query.get("max_results", "10")) <= 100:
            return _problem(400, "The `max_results` query parameter value is not between 5 and 100")
        return Told(200, self.mentions.page(query))

    def _limits(self, left: int) -> dict[str, str]:
        return {
            "x-rate-limit-limit": "100",
            "x-rate-limit-remaining": str(left),
            "x-rate-limit-reset": str(self.resets_at),
        }


def _problem(status: int, detail: str) -> Told:
    body = {"title": TITLES.get(status, detail), "detail": detail, "type": "about:blank", "status": status}
    return Told(status, body)


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(X, 8027)
