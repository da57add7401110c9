"""Sending letters to supporters, chunk by chunk."""

from collections.abc import Callable
from typing import NamedTuple

from campaigns.moment import now
from channels.envelope import Envelope
from channels.wire import Wire
from outreach import journal
from outreach.chunk_claim import Reader
from outreach.chunk_fold import fold_done
from outreach.convoy import Aside, Batch, Convoy
from outreach.journal import Line
from outreach.stream import Stream


def drain_chunks(channel: str, wire: Wire, may_go_on: Callable[[], bool]) -> int:
    """Send chunk after chunk until nothing is left or there is no time, and bring the answers in. Answers how many."""
    sent = send_chunks(channel, wire, may_go_on)
    fold_done(now())
    return sent


def send_chunks(channel: str, wire: Wire, may_go_on: Callable[[], bool]) -> int:
    """The same without bringing in the answers, which anybody may do at any time."""
    convoy = Convoy(channel, wire, may_go_on) if wire.pours else Convoy(channel, wire, may_go_on, wire.in_flight)
    if wire.pours:
        Stream(convoy, wire).run()
    else:
        walk(convoy, wire)
    return convoy.answered


def walk(convoy: Convoy, wire: Wire) -> None:
    """A convoy over a wire that takes some letters at a time."""
    returned = Returned([], [])
    try:
        while batch := convoy.next(*returned.handed_over()):
            returned = _sent(batch, wire)
    finally:
        convoy.end(*returned.handed_over())


class Returned(NamedTuple):
    """What became of a batch: answers, and letters that must be written by themselves."""

    lines: list[Line]
    aside: list[Aside]

    def handed_over(self) -> tuple[list[Line], list[Aside]]:
        """All of it, once."""
        taken = list(self.lines), list(self.aside)
        self.lines.clear()
        self.aside.clear()
        return taken


def _sent(batch: Batch, wire: Wire) -> Returned:
    chunk, press, readers = batch
    returned = Returned([], [])
    going: list[tuple[Reader, Envelope, int]] = []
    for reader in readers:
        if printed := press.envelope(reader, chunk.due_at):
            going.append((reader, *printed))
        else:
            returned.aside.append((chunk.pk, reader.place))
    answers = wire.send([envelope for _, envelope, _ in going])
    for (reader, _, sheet), answer in zip(going, answers, strict=True):
        returned.lines.append(journal.line(chunk.pk, reader.place, sheet, wire.name, answer, now()))
    return returned
