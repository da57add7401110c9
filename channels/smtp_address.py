"""Which mail server, how to reach it, and what its word is worth: all in one URL."""

import os
import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal, get_args
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from channels.dkim import Signer, signers
from channels.domain import domain_problem
from channels.seconds import seconds

LONGEST_WAIT = 600  # seconds
StartTls = Literal["required", "if-offered", "never"]
COUNT = re.compile(r"[1-9][0-9]{0,5}")
PORTS = {"smtp": 25, "smtps": 465}
OPTIONS = {"starttls", "timeout", "total", "connections", "reuse", "proof", "domain", "ca", "dkim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """`smtp://user:password@host:port?…` (TLS by STARTTLS) or `smtps://…` (TLS from the first byte).

    User and password are percent-encoded (`@` is `%40`). Options after the `?`:

    - `starttls=required|if-offered|never`: by default required if there is a password and the server is elsewhere,
      otherwise if-offered. A certificate is always checked, against `ca=FILE` if given.
    - `timeout=20`: seconds for the connection and for each answer of the server.
    - `total=40`: seconds for one letter. Half of them are for all that comes before its last byte, so that at least
      the other half is left to wait for the server's final word.
    - `connections=20`: the most that one process keeps open to this server at a time.
    - `reuse=1000`: letters on one connection before it is politely ended and replaced.
    - `proof=final`: this server holds the recipients' mailboxes, so its 250 proves delivery.
    - `domain=example.org`: how we name ourselves, and the right side of Message-IDs (default: the sender's domain).
    - `dkim=selector:example.org:/path/to/key`: sign every letter; by default as OUTREACH_DKIM_… say (`dkim.signers`).
    """

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: StartTls = "if-offered"
    timeout: float = 20.0
    total: float = 40.0
    connections: int = 20
    reuse: int = 1000
    is_final: bool = False
    domain: str = ""
    ca: str = ""
    dkim: tuple[Signer, ...] = ()

    @classmethod
    def parse(cls, url: str) -> "SmtpAddress":
        """Raises ValueError with a sentence that says what is wrong, never showing the password."""
        parts = _split(url)
        if parts.scheme not in PORTS:
            raise ValueError("The address of a mail server begins with smtp:// or smtps://")
        if not parts.hostname:
            raise ValueError("The address of the mail server has no host in it")
        if parts.path.strip("/") or parts.fragment:
            raise ValueError("The address of the mail server has something after the host that is not an option (?…)")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if unknown := set(options) - OPTIONS:
            raise ValueError(f"A mail server's address has no option {', '.join(sorted(unknown))}")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if password and not user:
            raise ValueError("The address of the mail server has a password and no user")
        default = "required" if password and not _is_here(parts.hostname) else "if-offered"
        return cls(
            host=parts.hostname,
            port=_port(parts.netloc, parts.scheme),
            tls=parts.scheme == "smtps",
            user=user,
            password=password,
            starttls=_starttls(options.get("starttls", default)),
            timeout=seconds("timeout", options.get("timeout", "20"), LONGEST_WAIT),
            total=seconds("total", options.get("total", "40"), LONGEST_WAIT),
            connections=_count("connections", options.get("connections", "20")),
            reuse=_count("reuse", options.get("reuse", "1000")),
            is_final=_proof(options.get("proof", "")),
            domain=_domain(options.get("domain", "")),
            ca=options.get("ca", ""),
            dkim=signers(options.get("dkim", ""), os.environ),
        )

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # whose own words may show the password
        raise ValueError("The address of the mail server is not a URL") from None


def _is_here(host: str) -> bool:
    """Loopback: what is said there does not leave the machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(netloc: str, scheme: str) -> int:
    try:
        return urlsplit(f"//{netloc}").port or PORTS[scheme]
    except ValueError:
        raise ValueError("The port of the mail server is not a number from 1 to 65535") from None


def _starttls(value: str) -> StartTls:
    for choice in get_args(StartTls):
        if value == choice:
            return choice  # type: ignore[no-any-return]
    raise ValueError(f"starttls={value} is none of {', '.join(get_args(StartTls))}")


def _count(name: str, value: str) -> int:
    if not COUNT.fullmatch(value):
        raise ValueError(f"{name}={value} is not a number from 1 to 999999")
    return int(value)


def _proof(value: str) -> bool:
    if value not in ("", "final"):
        raise ValueError(f"proof={value} is not understood: there is only proof=final")
    return value == "final"


def _domain(value: str) -> str:
    if value and (problem := domain_problem(value)):
        raise ValueError(f"domain={value}: {problem}")
    return value
