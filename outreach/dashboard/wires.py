"""Over which wire each channel goes in this installation, in words."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings

from channels.http_wire import HttpWire
from channels.wire import Wire
from outreach.dashboard.words import channel_title
from outreach.memory import spent
from outreach.poll import trouble
from outreach.send import wire_of

NAMES = {
    "outbox": "Outbox: nothing leaves this machine",
    "person": "By hand: each message is a task for a person",
    "smtp": "SMTP",
    "sendgrid": "SendGrid",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A channel and what carries it. `host` is where it goes first; empty where nothing goes by itself.

    `money`: cents spent and the most that may be, where messages are paid for and a limit was set. `deaf`: why what is
    answered there cannot be read, if so.
    """

    channel: str
    title: str
    wire: str
    host: str
    money: tuple[Decimal, Decimal] | None = None
    deaf: str = ""

    @property
    def is_outbox(self) -> bool:
        return self.wire == "outbox"

    @property
    def sentence(self) -> str:
        name = NAMES.get(self.wire, self.wire.capitalize())
        deaf = f"; answers cannot be read: {self.deaf}" if self.deaf else ""
        return f"{name}{f' by {self.host}' if self.host else ''}{self._spending}{deaf}"

    @property
    def _spending(self) -> str:
        if self.money is None:
            return ""
        gone, budget = self.money
        return f", {_cents(gone)} of {_cents(budget)} cents spent"


def route(channel: str) -> Route:
    """No password or name of the address is ever shown."""
    wire = wire_of(channel)
    money = (spent(wire.purse.account), wire.purse.budget) if wire.purse else None
    return Route(channel, channel_title(channel), wire.name, _host(wire), money, trouble(wire) if wire.listens else "")


def routes(channels: "list[str] | tuple[str, ...]") -> list[Route]:
    return [route(channel) for channel in dict.fromkeys(channels)]


def _host(wire: Wire) -> str:
    if isinstance(wire, HttpWire):
        return str(wire.where)
    address = urlsplit(settings.CHANNELS.get(wire.channel.name) or "")
    port = f":{address.port}" if address.hostname and address.port else ""
    return f"{address.hostname or ''}{port}"


def _cents(amount: Decimal) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")
