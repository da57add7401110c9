"""How a webhook proves who it is from and when it was sent: `t=<seconds since 1970>,v1=<HMAC-SHA256 in hex>`.

The HMAC is over the seconds as digits, a full stop and the raw body. Who checks it should refuse what is older than
five minutes, so that an old message cannot be played again.
"""

import hmac
import time
from hashlib import sha256

HEADER = "Outreach-Signature"
FRESH = 300  # seconds


def signature(secret: str, body: bytes, at: int) -> str:
    """The value of the header."""
    return f"t={at},v1={_code(secret, body, at)}"


def is_good(secret: str, body: bytes, said: str, now: float | None = None) -> bool:
    """Whether the body was signed with this secret, and of late."""
    parts = dict(part.partition("=")[::2] for part in said.split(","))
    if not parts.get("t", "").isdecimal() or abs((now or time.time()) - int(parts["t"])) > FRESH:
        return False
    return hmac.compare_digest(parts.get("v1", "").encode(), _code(secret, body, int(parts["t"])).encode())


def _code(secret: str, body: bytes, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
