"""The tokens of the fake Bluesky: JSON Web Tokens (RFC 7519), signed so that only its own are good."""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

SCOPES = {"access": "com.atproto.access", "refresh": "com.atproto.refresh"}


class Tokens:
    """`lasting`: seconds that an access token is good for; one to refresh is good for 90 days."""

    def __init__(self, did: str, lasting: float) -> None:
        self.did, self.lasting = did, lasting
        self._secret = secrets.token_bytes(32)

    def made(self, kind: str) -> str:
        now = int(time.time())
        until = now + int(self.lasting if kind == "access" else 90 * 24 * 3600)
        claims = {"scope": SCOPES[kind], "sub": self.did, "iat": now, "exp": until, "aud": "did:web:fake.example"}
        signed = f"{_spelt({'alg': 'HS256', 'typ': 'at+jwt'})}.{_spelt(claims)}"
        return f"{signed}.{self._signature(signed)}"

    def problem(self, authorization: str, kind: str) -> str | None:
        """The error a token gets, None if it is good."""
        signed, _, signature = authorization.removeprefix("Bearer ").rpartition(".")
        if not signed:
            return "AuthMissing"
        if not hmac.compare_digest(signature, self._signature(signed)):
            return "InvalidToken"
        claims = signed.partition(".")[2]
        said = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        if said["scope"] != SCOPES[kind]:
            return "InvalidToken"
        return "ExpiredToken" if said["exp"] <= time.time() else None

    def forget(self) -> None:
        """From now on no token made before is good."""
        self._secret = secrets.token_bytes(32)

    def _signature(self, signed: str) -> str:
        return urlsafe_b64encode(hmac.new(self._secret, signed.encode(), sha256).digest()).rstrip(b"=").decode()


def _spelt(part: dict[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
