"""What a step would send, as it would read now: for whoever must approve it, and for everyone who wants to see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.edition import Edition
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Rung
from campaigns.words.problem import Unfit
from channels.channel import CHANNELS
from outreach.preview import NoSuchMessage, Preview, preview

MOST = 20  # letters shown in full of one kind; the others differ in what is put in


@dataclass(frozen=True, slots=True)
class Specimen:
    """One message. `addressee`: the key of whom it is to or about, empty if nobody in particular.

    `problem`: why it cannot be written; then there is no `preview`.
    """

    reminder: int
    dispatch: Dispatch
    channel: str
    addressee: str
    preview: Preview | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """The messages of one dispatch over one channel: how many addressees get one, and some of them in full."""

    reminder: int
    dispatch: Dispatch
    channel: str
    number: int
    specimens: tuple[Specimen, ...]


def specimens(edition: Edition, rung: Rung, about: Sequence[str]) -> list[Kind]:
    """Everything the step, and its reminders, would send if it began for the addressees `about` (keys)."""
    return list(_kinds(edition, rung, tuple(about)))


def _kinds(edition: Edition, rung: Rung, about: tuple[str, ...]) -> Iterator[Kind]:
    for reminder in (0, *(each.number for each in rung.reminders)):
        for dispatch in rung.dispatches_of(reminder):
            for channel in dispatch.channels:
                readers = _readers(edition, dispatch, channel, about)
                shown = readers[:MOST] or ("",)
                written = (_specimen(edition, rung, reminder, dispatch, channel, reader, about) for reader in shown)
                yield Kind(reminder, dispatch, channel, len(readers), tuple(written))


def _readers(edition: Edition, dispatch: Dispatch, channel: str, about: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of those it is to or about; none for supporters and for a post about them all."""
    if dispatch.audience in (SUPPORTERS, PUBLIC):
        return ()
    readers = about if dispatch.audience == ADDRESSEES else edition.members.get(dispatch.audience, ())
    is_public = CHANNELS[channel].is_public
    return tuple(key for key in readers if is_public or channel in edition.readers[key].addresses)


def _specimen(
    edition: Edition,
    rung: Rung,
    reminder: int,
    dispatch: Dispatch,
    channel: str,
    reader: str,
    about: tuple[str, ...],
) -> Specimen:
    try:
        shown = preview(edition, rung.key, channel, reader or None, reminder=reminder, about=about)
    except (NoSuchMessage, Unfit) as reason:
        return Specimen(reminder, dispatch, channel, reader, None, str(reason))
    return Specimen(reminder, dispatch, channel, reader, shown)
