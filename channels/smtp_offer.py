"""What a mail server said it can do, and what of that a letter needs."""

from dataclasses import dataclass
from typing import Self

from channels.letter import Letter
from channels.smtp_reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The extensions named in the answer to EHLO (RFC 1869 and its followers); none after a mere HELO.

    `largest`: the most bytes the server takes in one letter, 0 if it did not say. `logins`: ways to sign in.
    """

    pipelining: bool = False
    eight_bit: bool = False
    utf8: bool = False
    starttls: bool = False
    size: bool = False
    largest: int = 0
    logins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, reply: Reply) -> Self:
        """Read the answer to EHLO, whose first line is a greeting."""
        named: dict[str, list[str]] = {}
        for line in reply.text.upper().splitlines()[1:]:
            name, *values = line.replace("AUTH=", "AUTH ").split() or [""]
            named.setdefault(name, []).extend(values)
        largest = named.get("SIZE", [])[:1]
        return cls(
            pipelining="PIPELINING" in named,
            eight_bit="8BITMIME" in named,
            utf8="SMTPUTF8" in named,
            starttls="STARTTLS" in named,
            size="SIZE" in named,
            largest=int(largest[0]) if largest and largest[0].isdecimal() else 0,
            logins=frozenset(named.get("AUTH", [])),
        )

    def problem(self, letter: Letter) -> str | None:
        """A sentence if the server cannot take the letter, else None."""
        if letter.smtputf8 and not self.utf8:
            return "An address has letters beyond ASCII before its @, and the server does not take those"
        if 0 < self.largest < len(letter.data):
            return f"The letter has {len(letter.data):,} bytes; the server takes {self.largest:,}"
        return None

    def mail(self, letter: Letter) -> str:
        """The command that begins a letter."""
        options = f" SIZE={len(letter.data)}" if self.size else ""
        if self.eight_bit and not letter.data.isascii():
            options += " BODY=8BITMIME"
        if letter.smtputf8:
            options += " SMTPUTF8"
        return f"MAIL FROM:<{letter.sender}>{options}"
