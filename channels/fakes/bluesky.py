"""A Bluesky server (PDS) on loopback: sessions, records, facets and limits as they are there; nobody reads it.

In a test: `with Bluesky() as bluesky: wire = configured("bluesky", bluesky.address)`.
As a process: `python -m channels.fakes.bluesky --port 8028`.
"""

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from channels.fakes.bluesky_record import problem_of
from channels.fakes.bluesky_token import Tokens
from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG, WebRule

__all__ = ["CUT", "HANG", "Bluesky"]

DID = "did:plc:fakefakefakefakefakefake"
COLLECTION = "app.bsky.feed.post"
CID = "bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
TO_BASE32 = str.maketrans("01", "23")
ONE_MOMENT = timedelta(milliseconds=1)
ERRORS = {429: "RateLimitExceeded", 401: "AuthenticationRequired", 403: "AccountTakedown", 500: "InternalServerError"}


class Bluesky(WebFake):
    """`sessions_left`: how often one may still sign in. `lasting`: seconds that an access token is good for."""

    name = "bluesky"

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, *, sessions_left: int = 30, lasting: float = 7200.0
    ) -> None:
        super().__init__(host, port)
        self.handle, self.password = "campaign.example", "app-pass-word"
        self.records: dict[str, dict[str, Any]] = {}
        self.notices: list[dict[str, Any]] = []
        self.sessions_left = sessions_left
        self.tokens = Tokens(DID, lasting)

    @property
    def address(self) -> str:
        return f"bluesky://{quote(self.handle)}:{quote(self.password)}@{self.host}:{self.port}"

    @property
    def texts(self) -> list[str]:
        """What was posted, in order."""
        return [record["text"] for record in self.records.values()]

    def say(self, handle: str, text: str, answers: str = "", *, name: str = "", at: datetime | None = None) -> str:
        """Somebody answers a post, ours or below ours, or names us; the URI of what they post."""
        indexed = at or max([datetime.now(UTC), *(_at(each) + ONE_MOMENT for each in self.notices)])
        did = f"did:plc:{sha256(handle.encode()).hexdigest()[:24].translate(TO_BASE32)}"
        uri = f"at://{did}/{COLLECTION}/3k{len(self.notices):011}".replace("0", "2").replace("1", "3")
        self.notices.append(
            {
                "uri": uri,
                "cid": CID,
                "author": {"did": did, "handle": handle, "displayName": name or handle.partition(".")[0].title()},
                "reason": "reply" if answers else "mention",
                "record": {
                    "$type": COLLECTION,
                    "text": text,
                    "createdAt": "2001-01-01T00:00:00.000Z",  # what an author claims is worth nothing
                    "langs": ["en"],
                    **self._below(answers),
                },
                "isRead": False,
                "indexedAt": indexed.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            }
        )
        return uri

    def _below(self, answers: str) -> dict[str, Any]:
        if not answers:
            return {}
        first = answers
        above = {each["uri"]: each["record"].get("reply") for each in self.notices}
        if above.get(answers):
            first = above[answers]["root"]["uri"]
        return {"reply": {"parent": {"uri": answers, "cid": CID}, "root": {"uri": first, "cid": CID}}}

    def summary(self) -> object:
        return {"posts": [{"rkey": key, "text": record["text"]} for key, record in self.records.items()]}

    def respond(self, asked: Asked) -> Told:
        match asked.method, asked.path.removeprefix("/xrpc/"):
            case "POST", "com.atproto.server.createSession":
                return self._sign_in(asked)
            case "POST", "com.atproto.server.refreshSession":
                problem = self.tokens.problem(asked.headers.get("Authorization", ""), "refresh")
                return _error(400, problem) if problem else Told(200, self._session())
            case "POST", "com.atproto.repo.createRecord":
                return self._create(asked)
            case "GET", "com.atproto.repo.getRecord":
                return self._get(asked.query)
            case "GET", "app.bsky.notification.listNotifications":
                return self._told_notices(asked)
        return _error(501, "MethodNotImplemented")

    def told(self, rule: WebRule) -> Told:
        status = int(rule.reply[:3])
        if rule.body is not None:
            return Told(status, rule.body, rule.headers)
        reset = {"ratelimit-limit": "5000", "ratelimit-remaining": "0", "ratelimit-reset": str(int(time.time()) + 300)}
        told = _error(status, ERRORS.get(status, "InvalidRequest"), rule.reply[4:])
        return Told(status, told.body, {**(reset if status == 429 else {}), **rule.headers})

    def _sign_in(self, asked: Asked) -> Told:
        if self.sessions_left < 1:
            return self.told(WebRule("429 Rate Limit Exceeded"))
        self.sessions_left -= 1
        if (asked.json.get("identifier"), asked.json.get("password")) != (self.handle, self.password):
            return _error(401, "AuthenticationRequired", "Invalid identifier or password")
        return Told(200, self._session())

    def _session(self) -> dict[str, Any]:
        return {
            "did": DID,
            "handle": self.handle,
            "accessJwt": self.tokens.made("access"),
            "refreshJwt": self.tokens.made("refresh"),
            "active": True,
        }

    def _create(self, asked: Asked) -> Told:
        if problem := self.tokens.problem(asked.headers.get("Authorization", ""), "access"):
            return _error(400 if problem == "ExpiredToken" else 401, problem)
        wanted = asked.json
        if wanted.get("repo") not in (DID, self.handle) or wanted.get("collection") != COLLECTION:
            return _error(400, "InvalidRequest", "not the repository or collection of this fake")
        if problem := problem_of(wanted.get("record"), wanted.get("rkey", "")):
            return _error(400, "InvalidRequest", problem)
        if wanted["rkey"] in self.records:
            return _error(500, "InternalServerError", "Internal Server Error")  # all that the real one says
        self.records[wanted["rkey"]] = wanted["record"]
        return Told(200, {"uri": _uri(wanted["rkey"]), "cid": CID, "validationStatus": "valid"})

    def _told_notices(self, asked: Asked) -> Told:
        if problem := self.tokens.problem(asked.headers.get("Authorization", ""), "access"):
            return _error(400 if problem == "ExpiredToken" else 401, problem)
        wanted = parse_qs(urlsplit(asked.url).query)
        size, reasons = int(wanted.get("limit", ["50"])[0]), wanted.get("reasons", ["reply", "mention"])
        if not 1 <= size <= 100:
            return _error(400, "InvalidRequest", "limit must be from 1 to 100")
        before = wanted.get("cursor", ["9999"])[0]
        newest = sorted(self.notices, key=lambda each: each["indexedAt"], reverse=True)
        found = [each for each in newest if each["reason"] in reasons and each["indexedAt"] < before]
        cursor = {"cursor": found[size - 1]["indexedAt"]} if len(found) > size else {}
        return Told(200, {"notifications": found[:size], "seenAt": "2023-04-28T00:00:00.000Z", **cursor})

    def _get(self, query: dict[str, str]) -> Told:
        key = query.get("rkey", "")
        if key not in self.records:
            return _error(400, "RecordNotFound", f"Could not locate record: {_uri(key)}")
        return Told(200, {"uri": _uri(key), "cid": CID, "value": self.records[key]})


def _at(notice: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(notice["indexedAt"])


def _uri(key: str) -> str:
    return f"at://{DID}/{COLLECTION}/{key}"


def _error(status: int, error: str, message: str = "") -> Told:
    return Told(status, {"error": error, "message": message or error})


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(Bluesky, 8028)
