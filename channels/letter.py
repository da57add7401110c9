"""A letter as SMTP carries it: whom it goes to, where a bounce comes back to, and every byte."""

import re
from datetime import datetime
from typing import NamedTuple, Self

from channels import mime
from channels.dkim import Signer, signature_headers
from channels.domain import ascii_address
from channels.envelope import Envelope
from channels.seven_bit import seven_bit

SIGNATURE = b"DKIM-Signature:"
OUTSIDE = re.compile(r"[^\s<>\x00-\x20\x7f]{1,320}")


class Letter(NamedTuple):
    """`key`: the caller's name for it. `to`, `sender`: the addresses on the outside, their domains in ASCII.

    `data`: the message, every line ended by CRLF, a dot at the beginning of a line doubled, without the final dot.
    `smtputf8`: an address has letters beyond ASCII before its @.
    `message_id`: its name in the world with brackets, which a receipt gives back.
    """

    key: str
    to: str
    sender: str
    data: bytes
    smtputf8: bool = False
    message_id: str = ""

    @property
    def defect(self) -> str | None:
        """A sentence if it would not reach the server as one letter to one recipient, else None."""
        if not OUTSIDE.fullmatch(self.to) or not OUTSIDE.fullmatch(self.sender):
            return "An address on the outside of the letter is not one"
        if not self.data.endswith(b"\r\n") or b"\r\n.\r\n" in self.data or self.data.startswith(b".\r\n"):
            return "The letter would end before its end: a line is a single dot, or the last line has no end"
        return None

    @classmethod
    def of(cls, envelope: Envelope, at: datetime, domain: str = "", *, eight_bit: bool = True) -> Self:
        """Any envelope, built by `mime.build` with `at` for its date. ValueError with a sentence if it cannot be."""
        utf8 = mime.needs_utf8(envelope)
        return cls(
            key=envelope.key,
            to=ascii_address(envelope.to),
            sender=ascii_address(envelope.return_path or envelope.sender.address),
            data=stuffed(mime.build(envelope, at, domain, eight_bit=eight_bit, utf8=utf8)),
            smtputf8=utf8,
            message_id=mime.message_id(envelope.key, domain or mime.domain_of(envelope.sender.address)),
        )

    def plain(self) -> Self:
        """The same for a server without 8BITMIME: what is beyond ASCII is wrapped up in ASCII."""
        if self.data.isascii() or self.smtputf8:
            return self
        return self._replace(data=stuffed(seven_bit(unstuffed(self.data))))

    def signed(self, signers: tuple[Signer, ...]) -> Self:
        """The same with a signature of each, as it must go out then: wrapped up in ASCII, so that no relay has to."""
        if not signers or self.data.startswith(SIGNATURE):
            return self
        final = self.plain()
        return final._replace(data=signature_headers(signers, unstuffed(final.data)) + final.data)


def stuffed(message: bytes) -> bytes:
    """With dots at the beginning of lines doubled, so that none ends the letter early (RFC 5321, 4.5.2)."""
    doubled = message.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def unstuffed(data: bytes) -> bytes:
    """The message as the reader's side will have it."""
    single = data.replace(b"\r\n..", b"\r\n.")
    return single[1:] if single.startswith(b"..") else single
