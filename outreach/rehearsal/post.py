"""What has been written in a rehearsal and leaves when its turn comes: by the same rules as deliveries that are due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from campaigns.deadline import SECOND
from campaigns.edition import Edition
from campaigns.ladder import ADDRESSEES, SUPPORTERS
from campaigns.messages import Message, Wave
from campaigns.position import LastMessage, Stop
from campaigns.sending import Timing
from channels.channel import CHANNELS
from outreach.rehearsal.case import Case


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, or a day's messages to supporters: they leave from `due_at` on, the last of them at `until`.

    `reason`: why not at once. `answer_by`: the deadline that ran when it was wanted. `before`: the last message to the
    same addressee before this one.
    """

    message: Message
    wave: Wave
    due_at: datetime
    until: datetime
    count: int = 1
    reason: str = ""
    expires_at: datetime | None = None
    answer_by: datetime | None = None
    before: LastMessage | None = None

    @property
    def own_letter_to(self) -> str:
        """The addressee whose own letter this is; empty for everything else."""
        is_letter = self.message.audience == ADDRESSEES and not CHANNELS[self.message.channel].is_public
        return str(self.message.recipient) if is_letter else ""

    def is_beside(self, other: "Posted") -> bool:
        """Whether it is the same letter over another channel."""
        return self.wave == other.wave and self.own_letter_to == other.own_letter_to


def post(
    edition: Edition, message: Message, wave: Wave, wanted_at: datetime, deadline: datetime | None, supporters: int
) -> Iterator[Posted]:
    """`message`, wanted now, as it will leave. `deadline`: the one that runs for those it concerns."""
    timing = timing_of(edition, message)
    expires_at = _end(message, wave, wanted_at, deadline)
    said = {"reason": timing.reason(wanted_at), "expires_at": expires_at, "answer_by": deadline}
    if message.audience == SUPPORTERS:
        for first, last, count in _by_day(timing, wanted_at, supporters):
            yield Posted(message, wave, _in_time(first, expires_at), last, count, **said)  # type: ignore[arg-type]
        return
    name = str(message.recipient) if message.recipient else message.audience
    step = edition.rules.ladder.rung(wave.rung).key
    due_at = _in_time(timing.due(wanted_at, edition.slug, step, str(wave.reminder), name), expires_at)
    yield Posted(message, wave, due_at, due_at, **said)  # type: ignore[arg-type]


def can_reach(edition: Edition, message: Message) -> bool:
    if CHANNELS[message.channel].is_public or not message.recipient:
        return True
    return message.channel in edition.readers[str(message.recipient)].addresses


def timing_of(edition: Edition, message: Message) -> Timing:
    place = edition.readers[str(message.recipient)].place if message.recipient else None
    return edition.rules.sending.timing(message.audience, message.channel, edition.rules.zone, place)


def silent(cases: Mapping[str, Case], message: Message) -> list[Case]:
    """Those it concerns who have not acted."""
    return [case for appeal in message.appeals if (case := cases[str(appeal)]).status != "acted"]


def waits_until(edition: Edition, cases: Mapping[str, Case], each: Posted, now: datetime) -> datetime | None:
    """Until when it must wait; None if it may leave, `now` if it never will: a hold without an end is on it."""
    if held := [stop for stop in _stops(cases, each) if stop.until is None or now < stop.until]:
        ends = [stop.until for stop in held if stop.until]
        return max(ends) if len(ends) == len(held) else now
    closed = timing_of(edition, each.message).closed(now)
    return closed.until if closed else None


def _stops(cases: Mapping[str, Case], each: Posted) -> set[Stop]:
    """The holds on everything it concerns."""
    found = [set(cases[str(appeal)].position.stops) for appeal in each.message.appeals]
    common = set.intersection(*found) if found else set()
    return {stop for stop in common if stop.concerns(each.wave.rung, frozenset({each.message.channel}))}


def _by_day(timing: Timing, wanted_at: datetime, number: int) -> Iterator[tuple[datetime, datetime, int]]:
    """How many leave on each day, from when to when; over all days they are `number`."""
    so_far = 0
    zone = timing.place.zone
    for _, same_day in groupby(timing.pieces(wanted_at), lambda piece: piece.start.astimezone(zone).date()):
        pieces = list(same_day)
        by_then = round((pieces[-1].share + pieces[-1].width) * number)
        if by_then > so_far:
            yield pieces[0].start, pieces[-1].end, by_then - so_far
        so_far = by_then


def _end(message: Message, wave: Wave, wanted_at: datetime, deadline: datetime | None) -> datetime | None:
    ends = wanted_at + message.expires_after if message.expires_after else None
    if not (wave.reminder and message.audience == ADDRESSEES and deadline):
        return ends
    return min(ends, deadline) if ends else deadline


def _in_time(due_at: datetime, expires_at: datetime | None) -> datetime:
    """No later than when it is seen that it comes too late."""
    return min(due_at, expires_at + SECOND) if expires_at else due_at
