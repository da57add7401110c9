"""Who gets which message: what begins at the same moment makes a wave, and a wave's dispatches make messages."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Rung
from campaigns.moves import Begin, Move, Remind


@dataclass(frozen=True, slots=True)
class Wave:
    """The appeals whose same step (or same reminder of it) begins at the same moment."""

    rung: int
    reminder: int
    appeals: tuple[Hashable, ...]


def waves(moves: Iterable[Move]) -> list[Wave]:
    """Simultaneous beginnings and reminders, merged: a supporter gets one message for all of them."""
    starting = sorted((m for m in moves if isinstance(m, Begin | Remind)), key=_kind_of_wave)
    return [
        Wave(rung, reminder, tuple(move.appeal for move in together))
        for (rung, reminder), together in groupby(starting, key=_kind_of_wave)
    ]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a wave, or one for each supporter if the audience is supporters.

    `recipient` is an addressee (an appeal's, or a member of a group), or None for supporters and for a post on the
    campaign's own account about the whole wave. `appeals` are those it concerns; `of_the_silent`: it goes only to
    supporters whose own representatives are among them.
    """

    audience: str
    channel: str
    wording: str
    recipient: Hashable | None
    appeals: tuple[Hashable, ...]
    expires_after: timedelta | None = None
    of_the_silent: bool = False


def messages(
    wave: Wave,
    rung: Rung,
    addressee_of: Mapping[Hashable, Hashable],
    members: Mapping[str, Iterable[Hashable]],
) -> Iterator[Message]:
    """Everything a wave sends. `addressee_of`: each appeal's addressee; `members`: the addressees of each group."""
    for dispatch in rung.dispatches_of(wave.reminder):
        for channel in dispatch.channels:
            yield from _messages(wave, dispatch, channel, addressee_of, members)


def _messages(
    wave: Wave,
    dispatch: Dispatch,
    channel: str,
    addressee_of: Mapping[Hashable, Hashable],
    members: Mapping[str, Iterable[Hashable]],
) -> Iterator[Message]:
    def message(recipient: Hashable | None, appeals: tuple[Hashable, ...]) -> Message:
        words, ends = dispatch.wording, dispatch.expires_after
        return Message(dispatch.audience, channel, words, recipient, appeals, ends, dispatch.of_the_silent)

    if dispatch.audience == ADDRESSEES:
        yield from (message(addressee_of[appeal], (appeal,)) for appeal in wave.appeals)
    elif dispatch.audience in (SUPPORTERS, PUBLIC):
        yield message(None, wave.appeals)
    else:
        yield from (message(member, wave.appeals) for member in members.get(dispatch.audience, ()))


def _kind_of_wave(move: Begin | Remind) -> tuple[int, int]:
    return move.rung, move.reminder
