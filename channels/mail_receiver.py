"""A mail server's receiving half: SMTP (RFC 5321) or LMTP (RFC 2033). It takes mail for some addresses, and sends none.

Nothing is acknowledged before it is kept: a server that hears 451 keeps the mail and comes again.

| what happens                                | the sender hears          |
|---------------------------------------------|---------------------------|
| an address that is none of ours             | 550 5.1.1                 |
| nobody can say whether it is, or keep it now | 451 4.3.0: come again     |
| a mail that is too large                    | 552                       |
| too many conversations at once              | 421                       |
| the mail is kept                            | 250 2.0.0                 |
"""

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # where aiosmtpd would write every address

PATIENCE = 600.0  # seconds for each command, and for a whole letter (RFC 5321, 4.5.3.2)
LONGEST_LINE = 1 << 20  # bytes; the standard says 1,000, and the world does not care
MOST_RECIPIENTS = 100  # of one mail
CONNECTIONS, THREADS = 40, 4
NOT_OURS = "550 5.1.1 There is no such address here"
AGAIN = "451 4.3.0 This cannot be kept just now; please try again later"
TOO_MANY = "452 4.5.3 Too many recipients"
BUSY = "421 4.7.0 Too many conversations at once; please try again later"


class Away(Exception):
    """What keeps mails cannot be reached just now."""


Accepts = Callable[[str], bool]
Keep = Callable[[bytes, str, Sequence[str]], None]
"""Given the mail, the envelope's sender (empty for a machine's) and recipients; raises Away if it cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """`smtp://host:port` or `lmtp://host:port`, with `?name=mx.campaign.example` for how we call ourselves, and
    `&cert=FILE&key=FILE` to offer STARTTLS.
    """

    host: str
    port: int
    is_lmtp: bool = False
    name: str = "localhost"
    cert: str = ""
    key: str = ""

    @classmethod
    def parse(cls, address: str) -> Self:
        """Raises ValueError with a sentence."""
        parts = urlsplit(address)
        if parts.scheme not in ("smtp", "lmtp"):
            raise ValueError("The address to listen on begins with smtp:// or lmtp://")
        try:
            port = parts.port
        except ValueError:
            port = None
        if not parts.hostname or port is None or parts.username or parts.path not in ("", "/"):
            raise ValueError("The address to listen on is a host and a port, as in lmtp://127.0.0.1:2424")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if unknown := set(options) - {"name", "cert", "key"}:
            raise ValueError(f"There is no option {sorted(unknown)[0]}; there are name, cert and key")
        if bool(options.get("cert")) != bool(options.get("key")):
            raise ValueError("STARTTLS needs both cert= and key=")
        return cls(host=parts.hostname, port=port, is_lmtp=parts.scheme == "lmtp", **options)

    def tls(self) -> ssl.SSLContext | None:
        """What STARTTLS is offered with, if it is. Raises OSError if a file is missing or is no certificate."""
        if not self.cert:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.cert, self.key)
        return context


class MailReceiver:
    """Listens in a thread of its own. `accepts` and `keep` are called in other threads, and may take their time.

    Raises OSError if the certificate for STARTTLS cannot be read.
    """

    def __init__(self, where: Listening, accepts: Accepts, keep: Keep, *, largest: int) -> None:
        self.where, self.largest, self._tls = where, largest, where.tls()
        self.port = where.port
        self._accepts, self._keep = accepts, keep
        self.conversations: set[object] = set()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")
        self._stop: asyncio.Event | None = None

    def start(self) -> Self:
        """Listen; returns when the port answers. OSError if it is taken."""
        started: list[OSError | None] = []
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready, started)), daemon=True)
        self._thread.start()
        ready.wait(10)
        if started and started[0]:
            raise started[0]
        return self

    def stop(self) -> None:
        """Take no more; what is being kept is kept."""
        if self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _serve(self, ready: threading.Event, started: list[OSError | None]) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await self._loop.create_server(self._session, self.where.host, self.where.port)
        except OSError as problem:
            started.append(problem)
            ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await self._stop.wait()

    def _session(self) -> SMTP:
        kind = LmtpConversation if self.where.is_lmtp else Conversation
        return kind(
            Handler(self),
            data_size_limit=self.largest,
            enable_SMTPUTF8=True,
            hostname=self.where.name,
            ident="Outreach",
            tls_context=self._tls,
            timeout=PATIENCE,
        )

    async def ask(self, question: Callable[..., Any], *about: object) -> Any:
        """Ask in another thread, so that other conversations go on."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, question, *about)

    def accepts(self, address: str) -> bool:
        return self._accepts(address)

    def keep(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        self._keep(raw, sender, recipients)


class Conversation(SMTP):
    """One conversation, if there are not too many."""

    line_length_limit = LONGEST_LINE

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        conversations = self.event_handler.receiver.conversations
        if self not in conversations and len(conversations) >= CONNECTIONS and isinstance(transport, asyncio.Transport):
            transport.write(f"{BUSY}\r\n".encode())
            transport.close()
            return
        conversations.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        conversations = self.event_handler.receiver.conversations
        if self in conversations:
            conversations.discard(self)
            super().connection_lost(error)


class LmtpConversation(Conversation, LMTP):
    """The same over LMTP."""


class Handler:
    """What is said at each point of a conversation; aiosmtpd calls these by their names."""

    def __init__(self, receiver: MailReceiver) -> None:
        self.receiver = receiver

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            if not await self.receiver.ask(self.receiver.accepts, address):
                return NOT_OURS
        except Away:
            return AGAIN
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """One answer; over LMTP one for each recipient."""
        raw, sender = envelope.original_content or b"", (envelope.mail_from or "").strip("<>")
        try:
            await self.receiver.ask(self.receiver.keep, raw, sender, tuple(envelope.rcpt_tos))
            said = "250 2.0.0 Kept"
        except Away:
            said = AGAIN
        return "\r\n".join([said] * (len(envelope.rcpt_tos) if self.receiver.where.is_lmtp else 1))

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours loses nobody's mail."""
        log.exception("a conversation failed", exc_info=error)
        return AGAIN
