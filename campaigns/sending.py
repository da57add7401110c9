"""When the messages of a campaign leave: at once, or in an audience's hours, or spread over some of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from campaigns.durations import seconds
from campaigns.ladder import SUPPORTERS
from campaigns.place import Place, weekend_of
from campaigns.spread import Curve, Piece, pieces, share, turn
from campaigns.window import LONGEST_SEARCH, NeverOpens, Window, opens
from channels.channel import CHANNELS


@dataclass(frozen=True, slots=True)
class Manner:
    """When messages to one audience may leave. `country`: whose calendar counts for those without one of their own."""

    window: Window = field(default_factory=Window)
    spread: timedelta = timedelta()
    curve: Curve = Curve.EVEN
    country: str = ""


AT_ONCE = Manner()


@dataclass(frozen=True, slots=True)
class Closed:
    """A message must not leave now: until when (UTC), and a sentence that says why."""

    until: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Timing:
    """A manner, and the place whose clock it is read on."""

    manner: Manner
    place: Place
    hours: str = "sending hours"

    def pieces(self, at: datetime) -> tuple[Piece, ...]:
        """The time from `at` on over which such messages are spread; one that never comes is far away."""
        try:
            return pieces(self.manner.window, self.place, at, self.manner.spread, self.manner.curve)
        except NeverOpens:
            return (Piece(0.0, 1.0, at + timedelta(days=LONGEST_SEARCH), 0.0),)

    def due(self, at: datetime, *names: str) -> datetime:
        """When the message of these names, which something wants at `at`, may leave (UTC)."""
        if self.manner == AT_ONCE:
            return at
        return turn(self.pieces(at), share(*names))

    def closed(self, now: datetime) -> Closed | None:
        """Why nothing may leave now; None if the window is open."""
        window = self.manner.window
        if window.is_always_open:
            return None
        try:
            until = opens(window, self.place, now)
        except NeverOpens as never:
            sentence = f"There are no {self.hours} to wait for: {never}. Mend sending, or the recipient's weekend"
            return Closed(now + timedelta(days=LONGEST_SEARCH), sentence)
        return Closed(until, self._waits(now, until)) if until > now else None

    def reason(self, at: datetime) -> str:
        """Why a message wanted at `at` does not leave at once; empty if it does."""
        if self.manner.spread:
            start = self.pieces(at)[0].start
            return f"Spread over {spoken(self.manner.spread)} from {self._local(start)} in {self.place.zone.key}"
        closed = self.closed(at)
        return closed.sentence if closed else ""

    def _waits(self, now: datetime, until: datetime) -> str:
        where, opening = self.place.zone.key, self._local(until)
        if rest := self.manner.window.rest(self.place, now):
            return f"Waits because it is {rest} in {self.place.country or where}: until {opening} in {where}"
        return f"Waits for {self.hours} in {where}: {opening}"

    def _local(self, moment: datetime) -> str:
        local = moment.astimezone(self.place.zone)
        return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class Sending:
    """The manners of a campaign: towards addressees and groups, towards supporters, and in public."""

    addressees: Manner = field(default_factory=Manner)
    supporters: Manner = field(default_factory=Manner)
    public: Manner = field(default_factory=Manner)

    def timing(self, audience: str, channel: str, zone: ZoneInfo, place: Place | None) -> Timing:
        """How messages to an audience over a channel are timed.

        `place` is that of the one written to; supporters and the public live by the campaign's own clock, `zone`.
        """
        if audience == SUPPORTERS:
            return Timing(self.supporters, _place(self.supporters, zone))
        if CHANNELS[channel].is_public or place is None:
            return Timing(self.public, _place(self.public, zone))
        return Timing(self.addressees, place, "office hours")


def sending_of(kept: Mapping[str, Mapping[str, Any]]) -> Sending:
    """From what is kept of each audience: hours as two times, spans in seconds; what is left out is as usual."""
    return Sending(**{audience: _manner(said) for audience, said in kept.items()})


def spoken(span: timedelta) -> str:
    """«2 hours», «1 day»: in the largest unit that divides it."""
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if span >= length and not span % length:
            number = span // length
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return f"{span.total_seconds():g} seconds"


def _manner(said: Mapping[str, Any]) -> Manner:
    opens_at, closes_at = (time.fromisoformat(at) for at in said.get("hours", ("00:00", "00:00")))
    return Manner(
        Window(opens_at, closes_at, said.get("days") == "workdays", said.get("holidays") == "wait"),
        seconds(said.get("spread")),
        Curve(said.get("curve", Curve.EVEN)),
        said.get("country", ""),
    )


def _place(manner: Manner, zone: ZoneInfo) -> Place:
    return Place(zone, manner.country, weekend_of(manner.country)) if manner.country else Place(zone)
