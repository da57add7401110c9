"""What a campaign file calls a channel: who can be written to there, and how much."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that fits, and how the place itself counts it."""

    longest: int
    unit: str
    measure: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Channel:
    """The rules of one channel; how its messages travel is a wire's business.

    `is_public`: a post everybody can read, from the campaign's own account, as against a letter to one recipient.
    `address_rule`: given an address of visible characters without spaces, what is wrong with it, or None.
    """

    name: str
    title: str
    is_public: bool
    has_subject: bool
    address_rule: Callable[[str], str | None]
    limits: tuple[Limit, ...] = ()

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
        return _stray_character(address) or self.address_rule(address)


CHANNELS: dict[str, Channel] = {}
"""Every channel by its name, direct ones first. Filled when the package is imported."""


def _stray_character(address: str) -> str | None:
    if not address:
        return "The address is empty"
    if "\r" in address or "\n" in address:
        return f"{address.split()[0] if address.split() else 'The address'} has a line break in it"
    if address.isascii() and address.isprintable() and " " not in address:
        return None
    for character in address:
        if character.isspace():
            return f"{address} has a space in it"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            return (
                f"{address.encode(errors='replace').decode()} has an invisible character in it (U+{ord(character):04X})"
            )
    return None
