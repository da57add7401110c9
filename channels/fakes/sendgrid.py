"""A SendGrid on loopback: it checks what SendGrid checks, keeps mails, sends none, and tells events to a webhook.

In a test: `with SendGrid() as sendgrid: wire = configured("email", sendgrid.address)`.
As a process: `python -m channels.fakes.sendgrid --port 8026 --events http://127.0.0.1:8000/…`.
"""

import threading
import time
from collections import Counter
from itertools import islice
from typing import Any
from uuid import uuid4

from channels.fakes.sendgrid_events import Bell, Event, events_of
from channels.fakes.sendgrid_mail import Mail, mails, problems
from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG, WebRule

__all__ = ["CUT", "HANG", "Mail", "SendGrid"]

MOST_BYTES = 30_000_000


class SendGrid(WebFake):
    """`key`: the one it accepts. `events`: a webhook to which it tells by itself, a little later, what became of
    each mail; empty to tell only when `tell` is called.
    """

    name = "sendgrid"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, key: str = "SG.fake", events: str = "") -> None:
        super().__init__(host, port)
        self.key, self.events_to = key, events
        self.mails: list[Mail] = []
        self.bell = Bell()
        self._fates: dict[str, tuple[str, ...]] = {}
        self._told = 0

    @property
    def address(self) -> str:
        return f"sendgrid://{self.key}@{self.host}:{self.port}"

    @property
    def duplicates(self) -> dict[str, int]:
        """The Message-ID of every mail that was taken more than once, and how often it was."""
        seen = Counter(mail.headers.get("Message-ID", "") for mail in list(self.mails))
        return {what: times for what, times in seen.items() if times > 1}

    def fate(self, address: str, *kinds: str) -> None:
        """What becomes of mail to an address, such as `processed`, `deferred`, `bounce`: see `SAID` for more."""
        self._fates[address] = kinds

    def untold(self) -> list[Event]:
        """The events of mails nobody has been told of yet."""
        fresh = list(islice(self.mails, self._told, None))
        self._told += len(fresh)
        now = int(time.time())
        return [
            event
            for mail in fresh
            for event in events_of(mail, self._fates.get(mail.to, ("processed", "delivered")), now)
        ]

    def tell(self, url: str, **manner: Any) -> list[int]:
        """Tell those events, signed; `manner` is that of `Bell.ring`. The statuses that came back."""
        return self.bell.ring(url, self.untold(), **manner)

    def summary(self) -> object:
        keys = [mail.custom_args for mail in self.mails]
        return {"mails": len(keys), "custom_args": keys, "duplicates": self.duplicates, "key": self.bell.public_key}

    def stop(self) -> None:
        self.bell.close()
        super().stop()

    def respond(self, asked: Asked) -> Told:
        if asked.headers.get("Authorization") != f"Bearer {self.key}":
            return Told(401, _errors([("", "The provided authorization grant is invalid, expired, or revoked")]))
        if (asked.method, asked.path) != ("POST", "/v3/mail/send"):
            return Told(404, _errors([("", "not found")]))
        if len(asked.body) > MOST_BYTES:
            return Told(413, _errors([("", "The request is larger than 30 MB")]))
        try:
            request = asked.json
        except ValueError:
            return Told(400, _errors([("", "Bad Request")]))
        if found := list(problems(request)):
            return Told(400, _errors(found))
        if request.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            return Told(200, None)
        message_id = uuid4().hex
        self.mails.extend(mails(request, message_id))
        if self.events_to:
            threading.Timer(0.1, self.tell, (self.events_to,)).start()
        return Told(202, None, {"X-Message-Id": message_id})

    def told(self, rule: WebRule) -> Told:
        limits = {
            "X-RateLimit-Limit": "600",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(int(time.time()) + 60),
        }
        headers = {**(limits if rule.reply.startswith("429") else {}), **rule.headers}
        return Told(int(rule.reply[:3]), rule.body or _errors([("", rule.reply[4:])]), headers)


def _errors(found: list[tuple[str, str]]) -> dict[str, Any]:
    return {"errors": [{"message": message, "field": field or None, "help": None} for field, message in found]}


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(SendGrid, 8026, events="a webhook to tell events to")
