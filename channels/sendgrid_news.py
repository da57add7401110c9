"""What SendGrid tells by its event webhook: whether it is SendGrid, and what it says.

Source: Twilio SendGrid's "Event Webhook Reference" and "Event Webhook Security Features". Events come more than once,
in any order, and with kinds and fields nobody has heard of; none of that is an error.
"""

import json
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from channels.news import Kind, News
from channels.sendgrid_request import KEY

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
OLDEST = timedelta(days=3)  # repetitions have been seen over more than a day; each counts once, so age does no harm
SKEW = timedelta(minutes=10)
LONGEST_REASON = 500
KINDS = {
    "processed": Kind.TAKEN,
    "deferred": Kind.DEFERRED,
    "delivered": Kind.DELIVERED,
    "bounce": Kind.BOUNCED,
    "blocked": Kind.BLOCKED,
    "dropped": Kind.DROPPED,
    "spamreport": Kind.COMPLAINT,
    "unsubscribe": Kind.UNSUBSCRIBED,
    "group_unsubscribe": Kind.UNSUBSCRIBED,
    "open": Kind.SEEN,
    "click": Kind.SEEN,
}
UNKEPT = re.compile("[\x00\ud800-\udfff]")
DEAD = ("bounced address", "invalid")  # how the reason of a drop begins
NO_MORE = ("spam reporting address", "unsubscribed address")


def objection(body: bytes, headers: Mapping[str, str], keys: Sequence[str], now: datetime) -> str | None:
    """A sentence if this was not signed by the owner of one of these public keys, or not lately; `now` is real time."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256

    said, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    signed_at = _moment(said)
    if signed_at is None or not -SKEW <= now - signed_at <= OLDEST:
        return f"The header {TIMESTAMP} is missing, or it is of another time"
    try:
        spelt = b64decode(signature, validate=True)
    except (Error, ValueError):
        return f"The header {SIGNATURE} is not base64"
    for key in keys:
        try:
            public_key(key).verify(spelt, said.encode() + body, ECDSA(SHA256()))
            return None
        except InvalidSignature:
            continue
    return "The signature is not good"


@lru_cache(maxsize=8)
def public_key(spelt: str) -> "EllipticCurvePublicKey":
    """The key as SendGrid shows it: DER in base64. Raises ValueError with a sentence."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(b64decode(spelt, validate=True))
    except (Error, ValueError, UnsupportedAlgorithm):
        raise ValueError("SendGrid's verification key is one line of base64, such as MFkw…") from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("SendGrid's verification key is one of ECDSA on the curve P-256; this is another one")
    return key


def news_of(body: bytes, received_at: datetime) -> list[News]:
    """What a post says. `received_at` stands for times that make no sense. Raises ValueError if it is no list."""
    try:
        told = json.loads(body)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError as odd:
        raise ValueError(f"it is not JSON: {odd}") from None
    if not isinstance(told, list):
        raise ValueError("it is not a list of events")
    return [_news(event, received_at) for event in told if isinstance(event, dict)]


def _news(event: dict[str, Any], received_at: datetime) -> News:
    said, address = _text(event.get("event"), 60), _text(event.get("email"), 320)
    kind, reason = _kind(said, event), _reason(event, address)
    is_drop = kind is Kind.DROPPED
    return News(
        name=_text(event.get("sg_event_id"), 200) or sha256(json.dumps(event, sort_keys=True).encode()).hexdigest(),
        kind=kind,
        at=_at(event.get("timestamp"), received_at),
        said=said,
        key=_text(event.get(KEY), 64),
        reason=reason,
        code=_text(event.get("status"), 20),
        is_dead=kind is Kind.BOUNCED or (is_drop and reason.lower().startswith(DEAD)),
        wants_no_more=is_drop and reason.lower().startswith(NO_MORE),
        is_machine=kind is Kind.SEEN and event.get("sg_machine_open") is True,
        address=address,
    )


def _kind(said: str, event: dict[str, Any]) -> Kind:
    kind = KINDS.get(said, Kind.OTHER)
    return Kind.BLOCKED if kind is Kind.BOUNCED and event.get("type") == "blocked" else kind


def _reason(event: dict[str, Any], address: str) -> str:
    said = _text(event.get("reason"), LONGEST_REASON) or _text(event.get("response"), LONGEST_REASON)
    return said.replace(address, "…") if address else said


def _at(said: object, received_at: datetime) -> datetime:
    """Never in the future: a provider's clock may be ahead of ours."""
    moment = _moment(said)
    return min(moment, received_at) if moment else received_at


def _moment(said: object) -> datetime | None:
    """Seconds since 1970, as a number or as digits."""
    digits = str(said) if isinstance(said, str | int) and not isinstance(said, bool) else ""
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 11):
        return None
    return datetime.fromtimestamp(int(digits), UTC)


def _text(said: object, longest: int) -> str:
    """As a database takes it: without null characters and half ones."""
    if not isinstance(said, str):
        return ""
    return UNKEPT.sub("", said[:longest])
