"""A mail server on loopback that keeps no letter and only counts, so that who measures a client measures the client.

As a process: `python -m channels.fakes.smtp_counter --port 2526 --delay 20`. To whoever says `XCOUNT` it
tells what it has counted, as JSON behind the 250; `XFORGET` lets it begin anew.
"""

import argparse
import asyncio
import json
import signal
from array import array
from dataclasses import dataclass, field
from typing import cast

from channels import loop

MESSAGE_ID = b"\r\nmessage-id: "
GREETING = b"220 counter.example ESMTP\r\n"
OFFER = b"250-counter.example\r\n%b250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 32000000\r\n"


@dataclass(slots=True)
class Count:
    """`size`: bytes of all letters. `ids`: a number for each Message-ID, eight bytes apiece.

    `broken`: letters that are not what SMTP allows (a bare line end, no Message-ID, not one recipient), and commands
    out of order.
    """

    letters: int = 0
    size: int = 0
    broken: int = 0
    connections: int = 0
    ids: "array[int]" = field(default_factory=lambda: array("q"))

    def note(self, letter: bytes, recipients: int) -> None:
        """A letter came."""
        self.letters += 1
        self.size += len(letter)
        start = letter[:2000].lower().find(MESSAGE_ID)
        if start < 0 or recipients != 1 or letter.count(b"\n") != letter.count(b"\r\n"):
            self.broken += 1
        else:
            start += len(MESSAGE_ID)
            self.ids.append(hash(letter[start : letter.index(b"\r", start)]))

    def forget(self) -> None:
        """Begin anew."""
        self.letters = self.size = self.broken = self.connections = 0
        self.ids = array("q")

    def told(self) -> str:
        """The counts as JSON; `different`: how many Message-IDs there were."""
        names = ("letters", "size", "broken", "connections")
        return json.dumps({**{name: getattr(self, name) for name in names}, "different": len(set(self.ids))})


class Counting(asyncio.Protocol):
    """One conversation with the counter.

    `delay`: seconds between hearing something and answering, as if the client were so far away.
    """

    def __init__(self, count: Count, delay: float, pipelining: bool) -> None:
        self._count, self._delay, self._pipelining = count, delay, pipelining
        self._loop = asyncio.get_running_loop()
        self._begun = b""
        self._is_letter = False
        self._has_sender = False
        self._recipients = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._count.connections += 1
        self._answer([GREETING])

    def data_received(self, data: bytes) -> None:
        self._begun += data
        answers: list[bytes] = []
        while (answer := self._next()) is not None:
            answers.append(answer)
        self._answer(answers)

    def _answer(self, answers: list[bytes]) -> None:
        if not answers:
            return
        if self._delay:
            self._loop.call_later(self._delay, self._write, b"".join(answers))
        else:
            self._write(b"".join(answers))
        if answers[-1].startswith(b"221"):
            self._loop.call_later(self._delay, self._transport.close)

    def _write(self, words: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(words)

    def _next(self) -> bytes | None:
        """Take one letter or command from what came, if it is there as a whole; the answer to it."""
        if self._is_letter:
            return self._letter()
        line, end, rest = self._begun.partition(b"\r\n")
        if not end:
            return None
        self._begun = rest
        return self._command(line[:4].upper(), line)

    def _letter(self) -> bytes | None:
        end = 0 if self._begun.startswith(b".\r\n") else self._begun.find(b"\r\n.\r\n") + 2
        if end == 1:
            return None
        letter, self._begun = self._begun[:end], self._begun[end + 3 :]
        self._count.note(letter, self._recipients)
        self._forget()
        return b"250 2.0.0 Counted\r\n"

    def _command(self, verb: bytes, line: bytes) -> bytes:
        match verb:
            case b"MAIL" if not self._has_sender and self._may_hurry():
                self._has_sender = True
                return b"250 2.1.0 Ok\r\n"
            case b"RCPT" if self._has_sender and self._may_hurry():
                self._recipients += 1
                return b"250 2.1.5 Ok\r\n"
            case b"DATA" if self._recipients and not self._begun:
                self._is_letter = True
                return b"354 Go on\r\n"
            case b"EHLO":
                return OFFER % (b"250-PIPELINING\r\n" if self._pipelining else b"")
            case b"HELO":
                return b"250 Ok\r\n"
            case b"RSET" | b"NOOP":
                self._forget()
                return b"250 2.0.0 Ok\r\n"
            case b"QUIT":
                return b"221 2.0.0 Bye\r\n"
            case b"XCOU":
                return f"250 {self._count.told()}\r\n".encode()
            case b"XFOR":
                self._count.forget()
                return b"250 2.0.0 Forgotten\r\n"
        self._count.broken += 1
        return b"503 5.5.1 Not now\r\n"

    def _may_hurry(self) -> bool:
        return self._pipelining or not self._begun

    def _forget(self) -> None:
        self._is_letter = self._has_sender = False
        self._recipients = 0


async def serve(host: str, port: int, delay: float, pipelining: bool) -> None:
    """Count until interrupted or terminated."""
    running, count, stopped = asyncio.get_running_loop(), Count(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        running.add_signal_handler(number, stopped.set)
    server = await running.create_server(lambda: Counting(count, delay, pipelining), host, port, backlog=1000)
    print(f"counting letters at smtp://{host}:{server.sockets[0].getsockname()[1]}", flush=True)
    await stopped.wait()
    server.close()


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="smtp_counter", description="A mail server that only counts.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=2526, help="SMTP port, 0 for any free one")
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds added to each round trip")
    parser.add_argument("--no-pipelining", action="store_true", help="do not offer PIPELINING, and insist on it")
    chosen = parser.parse_args(arguments)
    with asyncio.Runner(loop_factory=loop.factory()) as runner:
        runner.run(serve(chosen.host, chosen.port, chosen.delay / 1000, not chosen.no_pipelining))


if __name__ == "__main__":
    main()
