"""Any channel, carried by somebody else's program: each message is posted to it as signed JSON.

| the other side says                        | answer                                                    |
|--------------------------------------------|-----------------------------------------------------------|
| 2xx                                        | Receipt, with the `reference` and `url` of its JSON if any |
| 400, 409, 413, 422                         | Refused                                                   |
| 410                                        | Delayed, and the rest of the batch: nobody is there now   |
| 429, 503 with Retry-After                  | Delayed as it asks, and the rest of the batch             |
| any other 4xx, 3xx                         | Delayed, and the rest of the batch                        |
| any other 5xx, no answer                   | Unknown                                                   |
| not on a public address, nobody there, cut short | Delayed                                             |
"""

import json
import os
import time
from typing import Any

from channels.answer import Answer, Receipt, Refused, Unknown
from channels.channel import Channel
from channels.envelope import Envelope
from channels.http_line import HttpReply, addresses
from channels.http_lines import HttpLines
from channels.http_wait import wait_of
from channels.http_wire import AFTER_A_PERSON_LOOKED, SOON, HttpWire
from channels.outbox import Everything, Outbox
from channels.public_address import is_public, only
from channels.signature import HEADER, signature
from channels.wire import Unavailable


class Webhook(HttpWire):
    """`webhook://host/path`: HTTPS, without following redirects, to public addresses alone.

    The secret it signs with is in OUTREACH_WEBHOOK_SECRET. `allow=loopback`: this machine, for trying out.
    The key of a message stands in the header Idempotency-Key: the other side must take each only once.
    """

    name = "webhook"
    schemes = ("webhook",)
    carries = Everything()
    options = frozenset({"allow"})
    has_path = True

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        self.secret = os.environ.get("OUTREACH_WEBHOOK_SECRET", "")
        if len(self.secret) < 16:
            raise ValueError("A webhook needs OUTREACH_WEBHOOK_SECRET in the environment: 16 characters or more")
        allowed = self.where.options.get("allow", "")
        if allowed not in ("", "loopback"):
            raise ValueError(f"allow={allowed} is not understood: there is only allow=loopback")
        is_here = bool(allowed) and self.where.is_here
        self.lines = HttpLines(self.where.timeout, addresses if is_here else only(is_public))
        self.url = f"{self.where.base}{self.where.path or '/'}"
        self._rules = Outbox(channel)

    def hand_over(self, envelope: Envelope) -> Answer:
        checked = self._rules.send_one(envelope)  # what no wire could carry, this one does not hand on
        body = json.dumps(_said(self.channel.name, envelope), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Outreach",
            "Idempotency-Key": envelope.key,
            HEADER: signature(self.secret, body, int(time.time())),
        }
        return self._answer(self.lines.ask("POST", self.url, headers, body), checked.reference)

    def _answer(self, reply: HttpReply, reference: str) -> Answer:
        said = f"{self.where} answered {reply.status} {reply.reason}"
        match reply.status:
            case status if 200 <= status < 300:
                told = _told(reply)
                return Receipt(str(told.get("reference") or reference), url=str(told.get("url") or ""), detail=said)
            case 400 | 409 | 413 | 422:
                return Refused(said, str(reply.status))
            case 429:
                raise Unavailable(said, wait_of(reply.headers) or SOON)
            case 503 if wait := wait_of(reply.headers):
                raise Unavailable(said, wait)
            case status if status >= 500 or status < 200:
                return Unknown(said)
            case _:
                raise Unavailable(said, AFTER_A_PERSON_LOOKED)


def _said(channel: str, envelope: Envelope) -> dict[str, Any]:
    return {
        "version": 1,
        "channel": channel,
        "key": envelope.key,
        "to": envelope.to,
        "to_name": envelope.to_name,
        "sender": {"name": envelope.sender.name, "address": envelope.sender.address},
        "reply_to": envelope.reply_to,
        "subject": envelope.subject,
        "text": envelope.text,
        "html": envelope.html,
        "language": envelope.language,
        "in_reply_to": envelope.in_reply_to,
        "references": list(envelope.references),
        "unsubscribe": envelope.unsubscribe,
        "auto_submitted": envelope.auto_submitted,
        "written_at": envelope.written_at.isoformat() if envelope.written_at else None,
    }


def _told(reply: HttpReply) -> dict[str, Any]:
    try:
        told = json.loads(reply.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
