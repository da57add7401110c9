"""The first letters of a draft: to whom, in which language, and whether it is the reader's own."""

from dataclasses import dataclass

from campaigns.edition import Edition, Reader
from campaigns.ladder import ADDRESSEES
from channels.channel import CHANNELS


@dataclass(frozen=True, slots=True)
class Letter:
    """`wanted`: the reader's first language, if there is no approved wording in it. `address`: empty if none."""

    key: str
    name: str
    capacities: tuple[str, ...]
    wording: str
    channel: str
    language: str
    wanted: str
    address: str


def first_letters(edition: Edition) -> list[Letter]:
    """One for each addressee the demands are put to and each direct channel of the first step."""
    return [
        _letter(edition, edition.readers[key], dispatch.wording, channel)
        for dispatch in edition.rules.ladder.rung(1).dispatches
        if dispatch.audience == ADDRESSEES
        for channel in dispatch.channels
        if not CHANNELS[channel].is_public
        for key in edition.asked
    ]


def _letter(edition: Edition, reader: Reader, wording: str, channel: str) -> Letter:
    choice = edition.language_for(reader.languages, wording, channel)
    return Letter(
        key=reader.office.key,
        name=reader.office.name,
        capacities=reader.office.capacities,
        wording=wording,
        channel=channel,
        language=choice.language,
        wanted=choice.wanted if choice.fallback else "",
        address=reader.addresses.get(channel, ""),
    )
