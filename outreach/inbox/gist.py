"""What a person reads of something that came in: who says so, and what. Names people, so it is kept sealed."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """`sender`: an address, or an account such as `@office`; `sender_name`: the name shown for it, or a person's own.

    `text`: all of it; `own_text`: without quotes and signature, the same as `text` where nothing was quoted.
    `html`: what may be shown of a letter's HTML, cleaned; empty if there is none. `language`: BCP 47, or empty.
    `recipients`: the addresses it was written to, as its own header says. `url`: where a post is found.
    `oddities`: sentences about what was broken or left out.
    """

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = field(default="", repr=False)
    own_text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    language: str = ""
    recipients: tuple[str, ...] = ()
    url: str = ""
    oddities: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """Who it is from, as one line."""
        is_mail = "@" in self.sender[1:]
        return " ".join(filter(None, [self.sender_name, f"<{self.sender}>" if is_mail else self.sender]))

    def packed(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        said: dict[str, Any] = json.loads(packed.decode("utf-8", "surrogatepass"))
        for name in ("recipients", "oddities"):
            said[name] = tuple(said.get(name, ()))
        return cls(**said)
