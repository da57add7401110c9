"""Which provider's server, as whom, and how: all in one URL."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from channels.seconds import seconds

LONGEST_WAIT = 60  # seconds
COMMON = frozenset({"timeout", "total"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """`scheme://user:secret@host:port/path?option=value`; user and secret are percent-encoded.

    TLS always, save to this machine itself (127.0.0.1, ::1, localhost), where the fakes are. Options every wire has:
    `timeout=10` seconds for a connection and each wait on it, `total=30` seconds for one message.
    """

    host: str
    port: int | None = None
    path: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)
    timeout: float = 10.0
    total: float = 30.0
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str, *, host: str = "", options: Iterable[str] = (), with_path: bool = False) -> "WebAddress":
        """`host`: if the URL has none. Raises ValueError with a sentence, which never shows what may be a secret."""
        parts = _split(url)
        scheme = parts.scheme
        if not (parts.hostname or host):
            raise ValueError(f"The address {scheme}:… has no host in it")
        if parts.fragment or (parts.path.strip("/") and not with_path):
            raise ValueError(f"The address {scheme}:… has something after the host that is not an option (?…)")
        said = dict(parse_qsl(parts.query, keep_blank_values=True))
        if unknown := set(said) - COMMON - set(options):
            raise ValueError(f"An address that begins with {scheme}: has no option {', '.join(sorted(unknown))}")
        return cls(
            host=parts.hostname or host,
            port=_port(parts),
            path=parts.path,
            user=unquote(parts.username or ""),
            secret=unquote(parts.password or ""),
            timeout=seconds("timeout", said.pop("timeout", "10"), LONGEST_WAIT),
            total=seconds("total", said.pop("total", "30"), LONGEST_WAIT),
            options=said,
        )

    @property
    def is_here(self) -> bool:
        """Loopback: what is said there does not leave the machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def base(self) -> str:
        """The beginning of every URL there: scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.is_here else 'https'}://{host}{f':{self.port}' if self.port else ''}"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host


def is_on(name: str, said: str) -> bool:
    """The value of a switch: 1 or 0."""
    if said not in ("0", "1"):
        raise ValueError(f"{name}={said} is not understood: say 1 or 0")
    return said == "1"


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # whose own words may show a secret
        raise ValueError("The address of the wire is not a URL") from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ValueError("The port in the address of the wire is not a number from 1 to 65535") from None
