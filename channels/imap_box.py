"""A mailbox on an IMAP server (RFC 9051), looked into: what is new is read, marked as seen, and left where it is."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

PORTS = {"imap": 143, "imaps": 993}
TIMEOUT = 30.0  # seconds for the connection and for each answer
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
UID = re.compile(rb"UID (\d+)")
NUMBER = re.compile(rb"\d+")


class BoxClosed(Exception):
    """The mailbox cannot be read just now, and why, for a person; without the password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAddress:
    """`imaps://user:password@host:port/FOLDER` (TLS from the first byte) or `imap://…` (STARTTLS, but on this machine).

    User, password and folder are percent-encoded (`@` is `%40`); the folder is INBOX by default. `?ca=FILE` names a
    certificate to trust.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    is_tls: bool = True
    ca: str = ""

    @property
    def name(self) -> str:
        """What to call it; without the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises ValueError with a sentence that never shows the password."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS:
            raise ValueError("The address of a mailbox begins with imaps:// or imap://")
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            raise ValueError("The port of the mailbox is no number from 1 to 65535") from None
        if not parts.hostname or not parts.username or not parts.password:
            raise ValueError("The address of a mailbox has a user, a password and a host: imaps://user:password@host")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if unknown := set(options) - {"ca"}:
            raise ValueError(f"There is no option {sorted(unknown)[0]} for a mailbox; there is ca")
        return cls(
            host=parts.hostname,
            port=port,
            user=unquote(parts.username),
            password=unquote(parts.password),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_tls=parts.scheme == "imaps",
            ca=options.get("ca", ""),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One mail. `raw`: None if it is larger than wanted; `size` in bytes."""

    uid: int
    size: int
    raw: bytes | None


class ImapBox:
    """An open mailbox. `validity`: if it is another one than before, all numbers begin anew (RFC 9051, 2.3.1.1)."""

    def __init__(self, line: imaplib.IMAP4, validity: int) -> None:
        self._line, self.validity = line, validity

    def new(self, after: int, largest: int) -> Iterator[Found]:
        """Mails with a greater number than `after`, in their order; without content if larger than `largest` bytes."""
        said = self._ask("SEARCH", f"UID {after + 1}:*")
        numbers = sorted({int(number) for line in said if line for number in NUMBER.findall(line)})
        for uid in (number for number in numbers if number > after):  # `n:*` always names the last one, too
            size = self._size(uid)
            if size is not None:
                yield Found(uid, size, self._content(uid) if size <= largest else None)

    def head(self, uid: int) -> bytes:
        """The headers of a mail."""
        return self._literal(uid, "(BODY.PEEK[HEADER])")

    def mark_seen(self, uid: int) -> None:
        self._ask("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _size(self, uid: int) -> int | None:
        """None if it has gone since."""
        found = (SIZE.search(line) for line in self._ask("FETCH", str(uid), "(RFC822.SIZE)") if line)
        return next((int(each[1]) for each in found if each), None)

    def _content(self, uid: int) -> bytes:
        return self._literal(uid, "(BODY.PEEK[])")

    def _literal(self, uid: int, what: str) -> bytes:
        kind, said = self._line.uid("FETCH", str(uid), what)
        parts = [part[1] for part in said if isinstance(part, tuple)]
        if kind != "OK" or not parts:
            raise BoxClosed(f"The mailbox does not hand out the mail with the number {uid}")
        return bytes(parts[0])

    def _ask(self, command: str, *arguments: str) -> list[bytes]:
        kind, said = self._line.uid(command, *arguments)
        if kind != "OK":
            raise BoxClosed(f"The mailbox refuses {command}")
        return [line for line in said if isinstance(line, bytes)]


@contextmanager
def opened(where: ImapAddress) -> Iterator[ImapBox]:
    """Sign in and open the folder for as long as this lasts. Raises BoxClosed for whatever the network does."""
    try:
        line = _line(where)
        try:
            yield ImapBox(line, _selected(line, where))
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()
    except (OSError, imaplib.IMAP4.error) as problem:
        raise BoxClosed(f"{where.name}: {_without(where.password, problem)}") from None


def _line(where: ImapAddress) -> imaplib.IMAP4:
    context = ssl.create_default_context(cafile=where.ca or None)
    if where.is_tls:
        line: imaplib.IMAP4 = imaplib.IMAP4_SSL(where.host, where.port, ssl_context=context, timeout=TIMEOUT)
    else:
        line = imaplib.IMAP4(where.host, where.port, timeout=TIMEOUT)
        if where.host not in ("127.0.0.1", "::1", "localhost"):
            line.starttls(context)
    line.login(where.user, where.password)
    return line


def _selected(line: imaplib.IMAP4, where: ImapAddress) -> int:
    kind, _ = line.select(_quoted(where.folder))
    if kind != "OK":
        raise BoxClosed(f"{where.name}: there is no such folder")
    _, said = line.response("UIDVALIDITY")
    validity: Any = said[0] if said else None
    return int(validity) if validity else 0


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _without(password: str, problem: Exception) -> str:
    said = problem.args[0] if problem.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(problem)
    return (text or type(problem).__name__).replace(password, "…")[:300]
