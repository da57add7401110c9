"""Somebody on loopback who takes whatever is posted to them, and checks signatures of our own webhooks.

In a test: `with Receiver(secret="s") as receiver: wire = configured("email", receiver.address)`.
As a process: `python -m channels.fakes.receiver --port 8030 --secret s`.
"""

from typing import Any

from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG
from channels.signature import HEADER, is_good

__all__ = ["CUT", "HANG", "Receiver"]


class Receiver(WebFake):
    """`secret`: what signatures are made with; empty to take everything unchecked. `taken`: by key, each once."""

    name = "webhook"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, secret: str = "") -> None:
        super().__init__(host, port)
        self.secret = secret
        self.taken: dict[str, Any] = {}

    @property
    def address(self) -> str:
        return f"webhook://{self.host}:{self.port}/hook?allow=loopback"

    def respond(self, asked: Asked) -> Told:
        if asked.method != "POST":
            return Told(405, {"error": "Only POST"})
        if self.secret and not is_good(self.secret, asked.body, asked.headers.get(HEADER, "")):
            return Told(401, {"error": "The signature is not good"})
        key = asked.headers.get("Idempotency-Key", "")
        self.taken.setdefault(key or str(len(self.taken)), asked.json)
        return Told(200, {"reference": f"taken-{key}"} if key else {})

    def summary(self) -> object:
        return {"taken": sorted(self.taken)}


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(Receiver, 8030, secret="what messages must be signed with")
