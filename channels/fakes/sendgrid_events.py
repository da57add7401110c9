"""The events of the fake SendGrid: signed, and told to a webhook as the real ones are: late, repeated, out of order."""

import json
import random
import time
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from channels.fakes.sendgrid_mail import Mail
from channels.http_lines import HttpLines

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
Event = dict[str, Any]

SAID: dict[str, Event] = {
    "processed": {},
    "deferred": {"response": "451 4.7.1 Greylisted", "attempt": "1"},
    "delivered": {"response": "250 2.0.0 OK"},
    "bounce": {"type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 No such user"},
    "blocked": {"event": "bounce", "type": "blocked", "status": "5.7.1", "reason": "554 5.7.1 Refused by policy"},
    "dropped": {"reason": "Bounced Address", "status": "5.0.0"},
    "open": {"useragent": "Mozilla/5.0", "ip": "192.0.2.1", "sg_machine_open": False},
    "click": {"useragent": "Mozilla/5.0", "ip": "192.0.2.1", "url": "https://campaign.example/"},
    "spamreport": {},
    "unsubscribe": {},
}  # fmt: skip


class Bell:
    """Signs events and tells them. `public_key`: what the receiver checks with, DER in base64 as SendGrid shows it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._lines = HttpLines(10)

    @property
    def public_key(self) -> str:
        spelt = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(spelt).decode()

    def close(self) -> None:
        """Let go of the connection to whoever was told."""
        self._lines.close()

    def signed(self, body: bytes, at: int | None = None) -> dict[str, str]:
        """The headers under which a body is told."""
        timestamp = str(at or int(time.time()))
        signature = self._key.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))
        return {SIGNATURE: b64encode(signature).decode(), TIMESTAMP: timestamp, "Content-Type": "application/json"}

    def ring(
        self,
        url: str,
        events: Iterable[Event],
        *,
        repeat: int = 1,
        shuffle: int | None = None,
        delay: float = 0.0,
        together: int = 100,
    ) -> list[int]:
        """Tell the events, in posts of so many; the statuses that came back.

        `repeat`: how often each is told. `shuffle`: a seed for the order; None keeps it. `delay`: seconds before each
        post. Raises what HttpLine raises if nobody listens.
        """
        told = [event for event in events for _ in range(repeat)]
        if shuffle is not None:
            random.Random(shuffle).shuffle(told)
        statuses = []
        for start in range(0, len(told), together):
            time.sleep(delay)
            body = json.dumps(told[start : start + together], ensure_ascii=False).encode()
            statuses.append(self._lines.ask("POST", url, self.signed(body), body).status)
        return statuses


def events_of(mail: Mail, kinds: Sequence[str], at: int) -> list[Event]:
    """What SendGrid would tell of a mail: one event of each kind, a second apart."""
    return [_event(mail, kind, at + number) for number, kind in enumerate(kinds)]


def _event(mail: Mail, kind: str, at: int) -> Event:
    return {
        **mail.custom_args,
        "email": mail.to,
        "timestamp": at,
        "event": kind,
        "smtp-id": mail.headers.get("Message-ID", ""),
        "sg_message_id": f"{mail.message_id}.recvd-1-1",
        "sg_event_id": uuid4().hex,
        **({"category": list(mail.categories)} if mail.categories else {}),
        **SAID.get(kind, {}),
    }
