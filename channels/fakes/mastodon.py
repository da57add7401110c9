"""A Mastodon server on loopback: keys, lengths, limits and HTML as they are there; nobody reads it.

In a test: `with Mastodon() as mastodon: wire = configured("mastodon", mastodon.address)`.
As a process: `python -m channels.fakes.mastodon --port 8029`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import unquote

from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG, WebRule
from channels.mastodon import MASTODON

__all__ = ["CUT", "HANG", "Mastodon", "Status"]

LINK = re.compile(r"https?://([^\s<]+)")
USER = "109"


@dataclass(frozen=True, slots=True)
class Status:
    """A post as it was sent."""

    id: str
    text: str
    visibility: str
    language: str
    key: str
    at: datetime


class Mastodon(WebFake):
    """`longest`: characters it allows. `posts_left`: how many more may be posted before the limit is reached."""

    name = "mastodon"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, longest: int = 500, posts_left: int = 300) -> None:
        super().__init__(host, port)
        self.token = "fake-token"
        self.longest, self.posts_left = longest, posts_left
        self.statuses: list[Status] = []
        self._by_key: dict[str, Status] = {}
        self.notices: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"mastodon://:{self.token}@{self.host}:{self.port}"

    def forget_keys(self) -> None:
        """As a server does after an hour."""
        self._by_key.clear()

    def say(self, account: str, text: str, answers: str = "", *, name: str = "", at: datetime | None = None) -> str:
        """Somebody (`user`, or `user@host` from elsewhere) answers a status or names us; the id of theirs."""
        number = 120_000_000_000_000_000 + len(self.notices)
        status = Status(str(number), text, "public", "en", "", datetime(2001, 1, 1, tzinfo=UTC))
        shown = _shown(status)  # when an author's server says that it was written is worth nothing
        author = {"id": str(5000 + len(account)), "username": account.partition("@")[0], "acct": account}
        author |= {"display_name": name or account.partition("@")[0].title()}
        told = {**shown, "account": author, "in_reply_to_id": answers or None, "language": "en"}
        created = (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        notice = {"id": str(len(self.notices) + 1), "type": "mention", "created_at": created, "account": author}
        self.notices.append({**notice, "status": told})
        return status.id

    def summary(self) -> object:
        return {"statuses": [{"id": status.id, "text": status.text} for status in self.statuses]}

    def respond(self, asked: Asked) -> Told:
        path = asked.path.rstrip("/")
        if (asked.method, path) == ("GET", "/api/v2/instance"):
            limits = {"max_characters": self.longest, "characters_reserved_per_url": 23}
            return Told(200, {"domain": "fake.example", "version": "4.4.0", "configuration": {"statuses": limits}})
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            return Told(401, {"error": "The access token is invalid"})
        match asked.method, path:
            case "POST", "/api/v1/statuses":
                return self._post(asked)
            case "GET", "/api/v1/accounts/verify_credentials":
                return Told(200, {"id": USER, "username": "campaign", "acct": "campaign"})
            case "GET", path if path == f"/api/v1/accounts/{USER}/statuses":
                return Told(200, self._page(asked.query))
            case "GET", "/api/v1/notifications" if "types[]=mention" in unquote(asked.url):
                after, size = int(asked.query.get("min_id", "0")), min(int(asked.query.get("limit", "40")), 80)
                fresh = [each for each in self.notices if int(each["id"]) > after]
                return Told(200, list(reversed(fresh[:size])), self._limits(self.posts_left))
        return Told(404, {"error": "Record not found"})

    def told(self, rule: WebRule) -> Told:
        status = int(rule.reply[:3])
        headers = {**(self._limits(0) if status == 429 else {}), **rule.headers}
        return Told(status, rule.body or {"error": rule.reply[4:]}, headers)

    def _post(self, asked: Asked) -> Told:
        text, key = asked.form.get("status", ""), asked.headers.get("Idempotency-Key", "")
        if key in self._by_key:
            return Told(200, _shown(self._by_key[key]), self._limits(self.posts_left))
        if not text.strip():
            return Told(422, {"error": "Validation failed: Text can't be blank"})
        if MASTODON.length(text) > self.longest:
            return Told(422, {"error": f"Validation failed: Text character limit of {self.longest} exceeded"})
        if self.posts_left < 1:
            return Told(429, {"error": "Too many requests"}, self._limits(0))
        self.posts_left -= 1
        status = Status(
            str(110_000_000_000_000_000 + len(self.statuses)),
            text,
            asked.form.get("visibility", "public"),
            asked.form.get("language", ""),
            key,
            datetime.now(UTC),
        )
        self.statuses.append(status)
        if key:
            self._by_key[key] = status
        return Told(200, _shown(status), self._limits(self.posts_left))

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        before = int(query.get("max_id", "9" * 18))
        older = [status for status in reversed(self.statuses) if int(status.id) < before]
        return [_shown(status) for status in older[: min(int(query.get("limit", "20")), 40)]]

    def _limits(self, left: int) -> dict[str, str]:
        reset = datetime.now(UTC) + timedelta(minutes=5)
        return {
            "X-RateLimit-Limit": "300",
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }


def _shown(status: Status) -> dict[str, Any]:
    """As a server gives a post back: in HTML, long links cut in two for the eye."""

    def linked(link: re.Match[str]) -> str:
        seen, hidden = link[1][:30], link[1][30:]
        return (
            f'<a href="{link[0]}" rel="nofollow"><span class="invisible">https://</span>'
            f'<span class="ellipsis">{seen}</span><span class="invisible">{hidden}</span></a>'
        )

    paragraphs = LINK.sub(linked, escape(status.text, quote=True).replace("&#x27;", "&#39;")).split("\n\n")
    return {
        "id": status.id,
        "content": "".join(f"<p>{each.replace(chr(10), '<br />')}</p>" for each in paragraphs),
        "created_at": status.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "visibility": status.visibility,
        "uri": f"https://fake.example/users/campaign/statuses/{status.id}",
        "url": f"https://fake.example/@campaign/{status.id}",
        "account": {"id": USER, "username": "campaign", "acct": "campaign"},
    }


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(Mastodon, 8029)
