"""What others post on the fake X that answers the account or names it, told as the real one tells it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from channels.fakes.x_text import shown

FIRST = 1_800_000_000_000_000_000
BEGINNING = "2010-11-06T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Mention:
    """`answers`: the post below which it stands, empty if it only names us; `first`: with which that thread began."""

    id: str
    author: str
    author_name: str
    text: str
    at: datetime
    answers: str
    first: str

    @property
    def author_id(self) -> str:
        return str(2_000_000 + int(sha256(self.author.lower().encode()).hexdigest()[:8], 16))

    @property
    def user(self) -> dict[str, str]:
        """The account."""
        return {"id": self.author_id, "name": self.author_name, "username": self.author}

    @property
    def post(self) -> dict[str, Any]:
        """With every field that may be asked for."""
        at = self.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        told = shown(self.id, self.text) | {"author_id": self.author_id, "created_at": at, "lang": "en"}
        told["conversation_id"] = self.first or self.id
        return told | ({"referenced_tweets": [{"type": "replied_to", "id": self.answers}]} if self.answers else {})


class Mentions:
    """`told`: how many were given away, each of which costs money on the real X."""

    def __init__(self) -> None:
        self.told = 0
        self._all: list[Mention] = []

    def add(self, author: str, author_name: str, text: str, at: datetime, answers: str, first: str) -> str:
        """`first`: empty if it is known from the mention that it answers. The new id."""
        first = first or next((each.first for each in self._all if each.id == answers), "")
        self._all.append(Mention(str(FIRST + len(self._all)), author, author_name, text, at, answers, first))
        return self._all[-1].id

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        """The newest first, as many as wanted."""
        found, size = self._found(query), int(query.get("max_results", "10"))
        page = found[:size]
        meta: dict[str, Any] = {"result_count": len(page)}
        self.told += len(page)
        if not page:
            return {"meta": meta}
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        more = {"next_token": f"b26v89c19zqg8o3{page[-1].id[-8:]}"} if len(found) > size else {}
        users = {each.author: each.user for each in page} if query.get("expansions") == "author_id" else {}
        includes = {"users": list(users.values())}
        return {"data": [each.post for each in page], "includes": includes, "meta": {**meta, **more}}

    def _found(self, query: dict[str, str]) -> list[Mention]:
        since, until = int(query.get("since_id", "0")), int(query.get("until_id", str(2**63)))
        start = datetime.fromisoformat(query.get("start_time", BEGINNING))
        return [each for each in reversed(self._all) if since < int(each.id) < until and each.at >= start]
