"""What a campaign file calls a channel: who can be written to there, and how much."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that fits, and how the place itself counts it."""

    longest: int
    unit: str
    measure: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person does to carry a message by hand, and how they say that it is done.

    `task`: what is asked of them, as in «Waits for a person to post this letter». `done`: their word for it.
    `within`: how soon it should be done. `travels`: how long such a message is under way, before which silence means
    nothing. `proves`: having done it proves that it reached its recipient, as a call does that somebody took.
    """

    task: str
    done: str
    within: timedelta = timedelta(days=2)
    travels: timedelta = timedelta()
    proves: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """The rules of one channel; how its messages travel is a wire's business.

    `is_public`: a post everybody can read, from the campaign's own account, as against a letter to one recipient.
    `has_subject`: its wordings are letters, in Markdown under a subject; otherwise they are plain text.
    `address_rule`: given an address of visible characters and of `spaces`, what is wrong with it, or None.
    `spaces`: the white space that an address may have, a line feed for one of several lines.
    `column`: what addressees.csv calls such addresses, if not as the channel is called.
    `deed`: what a person does, on a channel that only a person can carry.
    """

    name: str
    title: str
    is_public: bool
    has_subject: bool
    address_rule: Callable[[str], str | None]
    limits: tuple[Limit, ...] = ()
    spaces: str = ""
    column: str = ""
    deed: Deed | None = None

    @property
    def longest(self) -> int | None:
        """The longest text allowed, in the unit of `length`; None where there is no limit."""
        return self.limits[0].longest if self.limits else None

    def length(self, text: str) -> int:
        """How long the channel takes `text` to be; for a channel without a limit, its characters."""
        return self.limits[0].measure(text) if self.limits else len(text)

    def too_long(self, text: str) -> str | None:
        """A sentence if the channel would not take the text for its length; None if it fits."""
        for limit in self.limits:
            length = limit.measure(text)
            if length > limit.longest:
                return f"This counts {length:,} {limit.unit}; {self.title} allows {limit.longest:,}"
        return None

    def address_problem(self, address: str) -> str | None:
        """A sentence that says what is wrong with an address of this channel; None if nothing is."""
        return _stray_character(address, self.spaces) or self.address_rule(address)


CHANNELS: dict[str, Channel] = {}
"""Every channel by its name, direct ones first. Filled when the package is imported."""


def _stray_character(address: str, spaces: str) -> str | None:
    if not address:
        return "The address is empty"
    if "\r" in address or ("\n" in address and "\n" not in spaces):
        return f"{address.split()[0] if address.split() else 'The address'} has a line break in it"
    if address.isascii() and address.isprintable() and " " not in address:
        return None
    for character in address:
        if character in spaces:
            continue
        if character.isspace():
            return f"{address} has a space in it" if not spaces else f"{address} has a stray space in it"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            return (
                f"{address.encode(errors='replace').decode()} has an invisible character in it (U+{ord(character):04X})"
            )
    return None
