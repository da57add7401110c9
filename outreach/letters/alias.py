"""Where an office answers one supporter: an address of ours for each letter, so that nobody need tell their own."""

import uuid
from collections.abc import Iterable

from campaigns.reply_address import ids_of, meant
from outreach.letters.letter import Letter
from outreach.links import reply_tokens
from outreach.reply_address import answers_at

PURPOSE = b"letter alias"
KIND = "letter-"
"""What such an address has before its token, which tells it from an appeal's."""
MISREAD = 0.99  # an l for a 1, an O for a 0


def alias(letter: Letter) -> str:
    """Where its answers come to us, as in `reply+letter-0a1b…@in.example`; the campaign's own address, or nothing, if
    this installation takes no mail for such addresses.
    """
    return answers_at(letter.campaign, f"{KIND}{reply_tokens(PURPOSE).token(letter.pk)}")


def answers_of(letter: Letter) -> str:
    """Where the office answers: the supporter's own address, if they chose to show it."""
    return letter.supporter.email if letter.shows_address and letter.supporter.email else alias(letter)


def letters_at(addresses: Iterable[str]) -> list[Letter]:
    """The letters that addresses stand for; capitals, and letters taken for others, do no harm."""
    said = {tag for address in addresses if (tag := _tag(address))}
    spans = ids_of({meant(each) for each in said})
    found: dict[uuid.UUID, Letter] = {}
    for first, last in spans:
        for letter in Letter.objects.filter(pk__range=(first, last)):
            if any(reply_tokens(PURPOSE).likeness(each, letter.pk) >= MISREAD for each in said):
                found[letter.pk] = letter
    return list(found.values())


def _tag(address: str) -> str:
    """The token in an alias; empty if it is none."""
    tag = address.strip("<> ").rpartition("@")[0].rpartition("+")[2].lower()
    token = tag.removeprefix(KIND)
    return token if token != tag and token.isascii() and token.isalnum() else ""
