"""Signing in to a mail server (RFC 4954), the safer ways first."""

import hmac
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Generator

from channels.smtp_reply import Reply

MOST_CHALLENGES = 5


def login(user: str, password: str, offered: Collection[str]) -> Generator[str, Reply]:
    """Yields what to say and is sent the replies. Raises SMTPException if no way that the server offers works."""
    ways = [name for name in WAYS if name in offered]
    if not ways:
        raise smtplib.SMTPNotSupportedError("the server offers no way to sign in that we know")
    for name in ways:
        reply = yield from _exchange(name, user, password)
        if reply.code in (235, 503):  # 503: we are signed in already
            return
    raise smtplib.SMTPAuthenticationError(reply.code, reply.text)


def _exchange(name: str, user: str, password: str) -> Generator[str, Reply, Reply]:
    first = WAYS[name](user, password, None)
    reply = yield f"AUTH {name}" if first is None else f"AUTH {name} {_base64(first)}"
    for _ in range(MOST_CHALLENGES):
        if reply.code != 334:
            break
        reply = yield _base64(WAYS[name](user, password, _challenge(reply.text)) or "")
    return reply


def _cram_md5(user: str, password: str, challenge: bytes | None) -> str | None:
    """RFC 2195: the password itself is never said."""
    return None if challenge is None else f"{user} {hmac.new(password.encode(), challenge, 'md5').hexdigest()}"


def _plain(user: str, password: str, challenge: bytes | None) -> str:
    """RFC 4616, which has names and passwords in any script."""
    return f"\0{user}\0{password}"


def _login(user: str, password: str, challenge: bytes | None) -> str:
    """Never a standard, still common."""
    return user if challenge is None else password


WAYS: dict[str, Callable[[str, str, bytes | None], str | None]] = {
    "CRAM-MD5": _cram_md5,
    "PLAIN": _plain,
    "LOGIN": _login,
}


def _challenge(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        raise smtplib.SMTPException(f"the server's challenge makes no sense: {text[:80]!r}") from None


def _base64(words: str) -> str:
    return b64encode(words.encode()).decode()
