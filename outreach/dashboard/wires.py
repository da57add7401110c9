"""Over which wire each channel goes in this installation, in words."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from outreach.dashboard.words import channel_title
from outreach.send import wire_of


@dataclass(frozen=True, slots=True)
class Route:
    """A channel and what carries it. `host` is where it goes first; empty for the outbox."""

    channel: str
    title: str
    wire: str
    host: str

    @property
    def is_outbox(self) -> bool:
        return self.wire == "outbox"

    @property
    def sentence(self) -> str:
        return "Outbox: nothing leaves this machine" if self.is_outbox else f"{self.wire.upper()} by {self.host}"


def route(channel: str) -> Route:
    """No password or name of the address is ever shown."""
    address = urlsplit(settings.CHANNELS.get(channel) or "")
    host = address.hostname or ""
    port = f":{address.port}" if host and address.port else ""
    return Route(channel, channel_title(channel), wire_of(channel).name, f"{host}{port}")


def routes(channels: "list[str] | tuple[str, ...]") -> list[Route]:
    return [route(channel) for channel in dict.fromkeys(channels)]
