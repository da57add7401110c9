"""A mail server on loopback that keeps every letter and sends none on.

In a test: `with SmtpSink() as sink: wire = configured("email", sink.address)`.
As a process: `python -m channels.fakes.smtp_sink --port 2525 --folder letters --http 8025`.
"""

import asyncio
import ssl
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

from channels.fakes.smtp_message import Message
from channels.fakes.smtp_rule import CUT, HANG, KEEP_AND_CUT, Rule
from channels.fakes.smtp_session import SinkSession

__all__ = ["CUT", "HANG", "KEEP_AND_CUT", "Message", "Rule", "SmtpSink"]


class SmtpSink:
    """A real SMTP server in a thread of its own.

    `port`: 0 for any free one. `folder`: where letters are written as well, if given. `eight_bit`, `utf8`,
    `pipelining`, `largest`: whether it offers 8BITMIME, SMTPUTF8 and PIPELINING, without which it refuses who does not
    wait for its answers; and the most bytes it takes. `user`, `password`: it asks for them.
    `tls`: offers STARTTLS with this certificate, or speaks TLS from the first byte if `tls_at_once`.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        folder: Path | None = None,
        eight_bit: bool = True,
        utf8: bool = True,
        pipelining: bool = True,
        largest: int = 32_000_000,
        user: str = "",
        password: str = "",
        tls: ssl.SSLContext | None = None,
        tls_at_once: bool = False,
    ) -> None:
        self.host, self.port, self.folder = host, port, folder
        self.eight_bit, self.utf8, self.pipelining, self.largest = eight_bit, utf8, pipelining, largest
        self.user, self.password = user, password
        self.tls, self.tls_at_once = tls, tls_at_once
        self.messages: list[Message] = []
        self.connections = 0
        self.rules: list[Rule] = []
        self._begun = 0
        self._used: Counter[Rule] = Counter()
        self._sessions: list[SinkSession] = []
        self._guard = threading.Lock()
        self._first = _next_number(folder)

    @property
    def address(self) -> str:
        """The URL that leads a wire here."""
        scheme = "smtps" if self.tls_at_once else "smtp"
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user else ""
        return f"{scheme}://{login}{self.host}:{self.port}"

    @property
    def duplicates(self) -> dict[str, int]:
        """Message-ID and recipient of every letter that came more than once, and how often it did."""
        seen = Counter(f"{message.message_id} {to}" for message in list(self.messages) for to in message.recipients)
        return {what: times for what, times in seen.items() if times > 1}

    def answer(self, reply: str, recipient: str = "", *, at: str = "recipient", nth: int = 0, times: int = 0) -> None:
        """Make an exception: see `Rule`. What was said last is tried first."""
        with self._guard:
            self.rules.insert(0, Rule(reply, recipient, at, nth, times))

    def forgive(self) -> None:
        """Forget all exceptions."""
        with self._guard:
            self.rules.clear()
            self._used.clear()

    def start(self) -> Self:
        """Listen; returns when the port answers. OSError if it is taken."""
        started: list[OSError | None] = []
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready, started)), daemon=True)
        self._thread.start()
        ready.wait(10)
        if started[0] is not None:
            raise started[0]
        return self

    def stop(self) -> None:
        """Stop listening and cut whoever is still talking."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)

    def cut_all(self) -> None:
        """End every open connection at once, as a restart of the server would."""
        for session in self._sessions:
            self._loop.call_soon_threadsafe(session.cut)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def begin(self) -> int:
        self._begun += 1
        return self._begun

    def rule(self, at: str, recipient: str, nth: int) -> Rule | None:
        with self._guard:
            for rule in self.rules:
                if rule.fits(at, recipient, nth) and (not rule.times or self._used[rule] < rule.times):
                    self._used[rule] += 1
                    return rule
        return None

    def keep(self, sender: str, recipients: list[str], options: list[str], raw: bytes) -> int:
        number = self._first + len(self.messages)
        message = Message(number, datetime.now(UTC), sender, tuple(recipients), tuple(options), raw)
        if self.folder:
            message.save(self.folder)
        self.messages.append(message)
        return number

    def opened(self, session: SinkSession) -> None:
        self.connections += 1
        self._sessions.append(session)

    async def _serve(self, ready: threading.Event, started: list[OSError | None]) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await self._loop.create_server(
                self._session, self.host, self.port, ssl=self.tls if self.tls_at_once else None
            )
        except OSError as taken:
            started.append(taken)
            ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        started.append(None)
        ready.set()
        await self._stopped.wait()
        server.close()
        for session in self._sessions:
            session.cut()

    def _session(self) -> SinkSession:
        return SinkSession(
            self,
            hostname="sink.example",
            data_size_limit=self.largest,
            enable_SMTPUTF8=self.utf8,
            tls_context=None if self.tls_at_once else self.tls,
            loop=self._loop,
        )


def _next_number(folder: Path | None) -> int:
    if folder is None:
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    return 1 + max((int(letter.stem) for letter in folder.glob("*.eml") if letter.stem.isdigit()), default=0)


if __name__ == "__main__":
    from channels.fakes.smtp_sink_command import main

    main()
