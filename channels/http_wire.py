"""What wires that talk to a provider over HTTP have in common: kept and timed connections, and what failures mean."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import ClassVar

from channels.answer import Answer, Delayed, Unknown
from channels.channel import Channel
from channels.deadline import within
from channels.envelope import Envelope
from channels.http_line import Lost, NoConnection, NotSent
from channels.http_lines import HttpLines
from channels.memory import Memory, ProcessMemory
from channels.reply import Replies
from channels.web_address import WebAddress
from channels.wire import Unavailable, Wire

SOON = timedelta(minutes=1)
LATER = timedelta(minutes=5)
AFTER_A_PERSON_LOOKED = timedelta(minutes=15)


class HttpWire(Wire):
    """A subclass writes `hand_over`, and `find` if it can ask what became of a message.

    `host`: the provider's own, if an address need not name one. `options`: what may stand after the ? of the address.
    `libraries`: modules too heavy for processes that send nothing; loaded before the first message's time begins.
    """

    host: ClassVar[str] = ""
    options: ClassVar[frozenset[str]] = frozenset()
    has_path: ClassVar[bool] = False
    libraries: ClassVar[tuple[str, ...]] = ()
    memory: Memory = ProcessMemory()
    """What is remembered; put one that lasts in its place, in a wire or in this class."""

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        self.where = WebAddress.parse(address, host=self.host, options=self.options, with_path=self.has_path)
        self.time_limit = timedelta(seconds=self.where.total)
        self.lines = HttpLines(self.where.timeout)

    def hand_over(self, envelope: Envelope) -> Answer:
        """Send it, all in the time that is `within` the wire's total. May raise what HttpLine raises."""
        raise NotImplementedError

    def find(self, envelope: Envelope) -> Answer:
        """What became of a message answered Unknown. Raises or answers Unknown if that cannot be told."""
        return Unknown(f"{self.name} cannot be asked what became of a message")

    def look(self, since: str, from_at: datetime | None) -> Replies:
        """As `replies`, for a wire that `listens`; may raise anything, but says by Unavailable how long to wait."""
        raise NotImplementedError

    def objection(self, envelope: Envelope) -> str | None:
        return super().objection(envelope) or half_character(envelope.text)

    def send_one(self, envelope: Envelope) -> Answer:
        self._load()
        try:
            with within(self.where.total):
                return self.hand_over(envelope)
        except NoConnection as failure:
            raise Unavailable(str(failure), SOON) from None
        except NotSent as failure:
            return Delayed(str(failure), SOON)
        except Lost as failure:
            return Unknown(str(failure))

    def reconcile(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        return [self._found(envelope, self.find) for envelope in envelopes]

    def replies(self, since: str = "", from_at: datetime | None = None) -> Replies:
        self._load()
        try:
            with within(self.where.total):
                return self.look(since, from_at)
        except Unavailable:
            raise
        except (NoConnection, NotSent, Lost) as failure:
            raise Unavailable(str(failure), SOON) from None
        except Exception as failure:  # whatever it was, nothing was learnt, and the next look begins where this one did
            raise Unavailable(f"{self.where} cannot tell replies: {failure or type(failure).__name__}", LATER) from None

    def close(self) -> None:
        self.lines.close()

    def _found(self, envelope: Envelope, find: Callable[[Envelope], Answer]) -> Answer:
        try:
            self._load()
            with within(self.where.total):
                return find(envelope)
        except Exception as failure:  # whatever it was, nothing has been learnt
            return Unknown(f"It could not be found out whether it was sent: {failure or type(failure).__name__}")

    def _load(self) -> None:
        for library in self.libraries:
            import_module(library)


def half_character(text: str) -> str | None:
    """A sentence if the text cannot be said in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "The message has half a character in it (a lone surrogate)"
    return None
