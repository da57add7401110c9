"""Bad weather: what a server may do to a sender without anybody dying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from channels.fakes.smtp_rule import CUT, HANG, KEEP_AND_CUT


class Meaning(StrEnum):
    """What a sender may make of it: certainly not sent, so that it is sent later; perhaps sent; never to be sent."""

    LATER = "later"
    PERHAPS = "perhaps"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that happens to a few messages of one wire.

    `rule`: in the words of the fake. `times`: to how many messages, at the most.
    """

    wire: str
    words: str
    meaning: Meaning
    rule: Mapping[str, Any] = field(hash=False)
    times: int = 1

    def __str__(self) -> str:
        return f"{self.wire}: {self.words}" + (f", {self.times} times" if self.times > 1 else "")


SMTP = (
    Spell("smtp", "450 to the recipient", Meaning.LATER, {"reply": "450 4.2.0 Later", "at": "recipient"}, 3),
    Spell("smtp", "452 to the letter", Meaning.LATER, {"reply": "452 4.3.1 Disk full", "at": "letter"}, 2),
    Spell("smtp", "421 to the sender", Meaning.LATER, {"reply": "421 4.3.2 Going down", "at": "sender"}, 2),
    Spell("smtp", "cut at the greeting", Meaning.LATER, {"reply": CUT, "at": "greeting"}),
    Spell("smtp", "cut at DATA", Meaning.LATER, {"reply": CUT, "at": "data"}, 2),
    Spell("smtp", "cut within the letter", Meaning.PERHAPS, {"reply": CUT, "at": "body"}, 2),
    Spell("smtp", "hangs at the recipient", Meaning.LATER, {"reply": HANG, "at": "recipient"}),
    Spell("smtp", "the letter kept, then cut", Meaning.PERHAPS, {"reply": KEEP_AND_CUT, "at": "letter"}, 2),
    Spell("smtp", "the letter dropped, then cut", Meaning.PERHAPS, {"reply": CUT, "at": "letter"}, 2),
    Spell("smtp", "no answer to the letter", Meaning.PERHAPS, {"reply": HANG, "at": "letter"}),
    Spell("smtp", "554 to the recipient", Meaning.NEVER, {"reply": "554 5.7.1 Not wanted", "at": "recipient"}, 2),
)
LATER: tuple[tuple[str, dict[str, Any]], ...] = (("429", {"reply": "429 Too Many Requests"}),)
PERHAPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("cut within the request", {"reply": CUT, "at": "body"}),  # which has left the sender as a whole
    ("503, and not taken", {"reply": "503 Service Unavailable"}),
    ("503, though taken", {"reply": "503 Service Unavailable", "keep": True}),
    ("cut, and not taken", {"reply": CUT}),
    ("cut, though taken", {"reply": CUT, "keep": True}),
    ("no answer, though taken", {"reply": HANG, "keep": True}),
)
NEVER: tuple[tuple[str, dict[str, Any]], ...] = (("400", {"reply": "400 Bad Request"}),)


def _of_the_web(wire: str, path: str) -> Sequence[Spell]:
    there = {"path": path, "method": "POST"}
    return [
        Spell(wire, words, meaning, {**rule, **there}, 1 if rule["reply"] == HANG else 2)
        for meaning, kinds in ((Meaning.LATER, LATER), (Meaning.PERHAPS, PERHAPS), (Meaning.NEVER, NEVER))
        for words, rule in kinds
    ]


BY_WIRE: dict[str, Sequence[Spell]] = {
    "smtp": SMTP,
    "sendgrid": _of_the_web("sendgrid", "/v3/mail/send"),
    "x": _of_the_web("x", "/2/tweets"),
    "bluesky": _of_the_web("bluesky", "/xrpc/com.atproto.repo.createRecord"),
    "mastodon": _of_the_web("mastodon", "/api/v1/statuses"),
}


def drawn(lot: Random, email: str, spells: int) -> list[Spell]:
    """So many, on different wires; `email`: the wire that carries it."""
    wires = lot.sample([email, "x", "bluesky", "mastodon"], spells)
    return [lot.choice(BY_WIRE[wire]) for wire in wires]
