"""OAuth 1.0a as the other side sees it (RFC 5849): is this request signed by whom it says?"""

import hmac
import re
import time
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import quote, unquote

from channels.fakes.web import Asked

PART = re.compile(r'(\w+)="([^"]*)"')
AGE = 300  # seconds


@dataclass(frozen=True)
class Secrets:
    """What an app and one of its users sign with."""

    consumer_key: str = "ck"
    consumer_secret: str = "cs"
    access_token: str = "1234-at"
    access_token_secret: str = "ats"
    used: set[str] = field(default_factory=set, compare=False)

    def problem(self, asked: Asked) -> str | None:
        """What is wrong with the signature, else None. Each nonce is good once."""
        said = {name: unquote(value) for name, value in PART.findall(asked.headers.get("Authorization", ""))}
        claimed = said.pop("oauth_signature", "")
        if (said.get("oauth_consumer_key"), said.get("oauth_token")) != (self.consumer_key, self.access_token):
            return "unknown key or token"
        if not said.get("oauth_timestamp", "").isdigit() or abs(int(said["oauth_timestamp"]) - time.time()) > AGE:
            return "old timestamp"
        if said.get("oauth_nonce", "") in self.used:
            return "nonce used before"
        self.used.add(said.get("oauth_nonce", ""))
        return None if hmac.compare_digest(claimed, self._signature(asked, said)) else "wrong signature"

    def _signature(self, asked: Asked, oauth: dict[str, str]) -> str:
        pairs = sorted((_spelt(name), _spelt(value)) for name, value in {**asked.query, **oauth}.items())
        base = "&".join(
            (
                asked.method,
                _spelt(f"https://{asked.headers['Host']}{asked.path}"),
                _spelt("&".join(f"{name}={value}" for name, value in pairs)),
            )
        )
        key = f"{_spelt(self.consumer_secret)}&{_spelt(self.access_token_secret)}"
        return b64encode(hmac.new(key.encode(), base.encode(), sha1).digest()).decode()


def _spelt(value: str) -> str:
    return quote(value, safe="-._~")
