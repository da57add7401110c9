"""What every wire promises, the loop and the error table it inherits, and how one is chosen by its address."""

import logging
import os
import socket
from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import ClassVar

from channels.answer import Answer, Delayed, Refused, Unknown
from channels.channel import CHANNELS, Channel
from channels.envelope import Envelope, Sender
from channels.memory import Purse
from channels.pace import Pace, parted
from channels.reply import Replies
from channels.skeleton import Skeleton
from channels.smtp_desk import Put, Take

log = logging.getLogger(__name__)


class Unsendable(ValueError):
    """This envelope can never go over this wire. Raised before the wire is touched."""


class Unavailable(Exception):
    """Nothing can go over this wire now. Raised before anything of an envelope is on it."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Wire:
    """Carries the envelopes of one channel. A subclass writes `send_one`, or `send` if it can do many at once.

    `schemes`: what the address of such a wire begins with. `carries`: names of channels.
    `batch`: how many envelopes a caller may usefully claim at once. `in_flight`: how many one call of `send` has
    between here and there at a time, which is the most that a crash can leave unknown.
    `time_limit`: the longest that one envelope may take, whatever the other side does.
    `pours`: whether it takes a stream of letters, which is for bulk mail.
    `can_tell`: whether it is of any use to ask `reconcile` what became of a message.
    `listens`: whether `replies` may be asked; `listens_every`: how often, well within the provider's limits.
    `account`: which of our accounts there it uses, such as `x:1234`; empty if there is none.
    `settling`: how long after an answer of Unknown `reconcile` may be asked: before that a message may still be on
    its way in.
    `pace`: how fast whoever sends over it is to be, as its address says; the wire itself never waits.
    """

    name: ClassVar[str]
    schemes: ClassVar[tuple[str, ...]] = ()
    carries: ClassVar[Container[str]]
    batch: int = 100
    in_flight: int = 1
    pours: ClassVar[bool] = False
    time_limit: timedelta = timedelta(seconds=40)
    settling: ClassVar[timedelta] = timedelta(minutes=2)
    can_tell: ClassVar[bool] = False
    listens: bool = False
    listens_every: ClassVar[timedelta] = timedelta(minutes=2)
    pace: Pace = Pace()

    def __init__(self, channel: Channel, address: str = "") -> None:
        """`address`: the URL that says where and how; ValueError with a sentence if it does not make sense."""
        self.channel = channel
        self.address = address

    @property
    def purse(self) -> Purse | None:
        """What this wire may spend, if its provider is paid for each message and a limit was set."""
        return None

    def price_of(self, text: str) -> Decimal:
        """What its provider takes for one message of this text, in cents; nothing, where nothing is paid by message."""
        return Decimal()

    def send(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """One answer for each envelope, in the same order. Never raises for an envelope, whatever is wrong with it."""
        answers: list[Answer] = []
        for envelope in envelopes:
            try:
                answers.append(self._checked(envelope))
            except Unavailable as unavailable:
                return answers + [answer_to(unavailable)] * (len(envelopes) - len(answers))
            except Exception as error:
                answers.append(answer_to(error))
        return answers

    def takes(self, number: int) -> timedelta:
        """The longest that one call of `send` with so many envelopes may take: one after the other by default."""
        return self.time_limit * number

    def send_one(self, envelope: Envelope) -> Answer:
        """Send one envelope that has passed the channel's rules; what it raises is looked up in `answer_to`."""
        raise NotImplementedError

    def skeleton(self, sender: Sender, *, reply_to: str = "", language: str = "", bounces: str = "") -> Skeleton:
        """What many letters from one sender in one language have in common. Raises ValueError as `Skeleton` does.

        `bounces`: the address a bounce comes back to, into which each letter's key is put.
        """
        return Skeleton(sender, reply_to=reply_to, language=language, return_path=bounces, is_tagged=bool(bounces))

    async def pour(self, take: Take, put: Put) -> None:
        """Send a stream of letters, if `pours`, over several connections at once; as `smtp_pipeline.run`."""
        raise NotImplementedError

    def reconcile(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """What became of envelopes answered Unknown: a Receipt, Delayed (certainly not sent) or still Unknown.

        Sends nothing, so that it may be asked as often as one likes; never raises for an envelope. The envelopes must
        be the same as when they were sent, `key`, `text` and `written_at` above all.
        """
        return [Unknown(f"{self.name} cannot be asked what became of a message") for _ in envelopes]

    @property
    def account(self) -> str:
        return ""

    def replies(self, since: str = "", from_at: datetime | None = None) -> Replies:
        """What was posted to us after `since`, which is what the last answer gave, or from `from_at` (UTC) on.

        Sends nothing. What is told twice has the same name both times. Raises Unavailable if it cannot be told now.
        """
        raise NotImplementedError

    def objection(self, envelope: Envelope) -> str | None:
        """A sentence if the channel's own rules forbid the envelope, else None."""
        if not envelope.text.strip():
            return "The message has no text"
        must_be_addressed = bool(envelope.to) or not self.channel.is_public
        problem = self.channel.address_problem(envelope.to) if must_be_addressed else None
        return problem or self.channel.too_long(envelope.text)

    def close(self) -> None:
        """Let go of what the calling thread keeps open. Sending again opens it anew."""

    def _checked(self, envelope: Envelope) -> Answer:
        if objection := self.objection(envelope):
            raise Unsendable(objection)
        return self.send_one(envelope)


def answer_to(error: Exception) -> Answer:
    """The error table: what it means for an envelope that sending it raised this.

    | raised                                        | meaning                                             | answer  |
    |-----------------------------------------------|-----------------------------------------------------|---------|
    | Unsendable                                    | the envelope is at fault, the wire was not touched  | Refused |
    | Unavailable                                   | the wire is down, for the rest of the batch as well | Delayed |
    | ConnectionRefusedError, unknown host          | nobody was there to take it                         | Delayed |
    | anything else, time-outs and defects included | it may have gone out                                | Unknown |
    """
    match error:
        case Unsendable():
            return Refused(str(error))
        case Unavailable():
            return Delayed(str(error), error.wait)
        case ConnectionRefusedError() | socket.gaierror():
            return Delayed(f"No connection: {error}", timedelta(minutes=1))
        case _:
            log.error("a wire failed in a way its table does not know: %s", type(error).__name__)
            return Unknown(f"{type(error).__name__}: {error}")


WIRES: dict[str, type[Wire]] = {}
"""Every wire by the scheme of its address. Filled when the package is imported."""


@cache
def configured(channel: str, address: str | None = None) -> Wire:
    """The wire for a channel: the one its address names. Without an address the outbox, which sends nothing; but a
    person on a channel that only a person can carry, where nothing can leave by accident either.

    The same arguments give the same wire within a process, so that open connections are kept.
    Raises ValueError with a sentence (which never shows a password) for an unknown channel or a wrong address.
    """
    if channel not in CHANNELS:
        raise ValueError(f"There is no channel {channel}; there are {', '.join(CHANNELS)}")
    address = address or ("person:" if CHANNELS[channel].deed else "")
    scheme = (address or "outbox:").partition(":")[0]
    if scheme not in WIRES:
        raise ValueError(
            f"No wire has an address that begins with {scheme or 'nothing'}:; there are {_schemes(channel)}"
        )
    found = WIRES[scheme]
    if channel not in found.carries:
        raise ValueError(f"{found.name} does not carry {channel}; these do: {_schemes(channel)}")
    where, pace = parted(address)
    wire = found(CHANNELS[channel], where)
    wire.pace = pace
    return wire


def _schemes(channel: str) -> str:
    return ", ".join(f"{scheme}:" for scheme, wire in WIRES.items() if channel in wire.carries)


# A connection must not be shared with a child process.
os.register_at_fork(after_in_child=configured.cache_clear)
