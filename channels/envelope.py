"""One message, ready to leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from channels.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Sender:
    """Who it is from: on a direct channel a name and an address, on a public one the campaign's own account."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The exact text for one recipient over one channel, and what the wire needs to carry it.

    `key`: a UUID in hex; the same for every attempt, so that a wire can tell a repeat from a second message.
    `to`: an address of the channel. On a public channel whom the post is about, or empty: the post is `text` and
    nothing else, no mention is added to it.
    `text` is always there; `html` may go with it where the channel has letters, as `subject` does.
    `language`: a BCP 47 tag, empty if not known. `in_reply_to`, `references`: message ids with their angle brackets,
    as receipts gave them, oldest first.
    `unsubscribe`: where a POST ends such letters (RFC 8058), empty for letters to addressees. `return_path`: where the
    news of a bounce goes, the sender's address if empty.
    `written_at`: when it was composed, with a time zone; a wire that dates messages takes its own clock without it.
    `pattern`, `words`: if many envelopes share a letter but for some words, that letter and this reader's words for its
    marks, so that a wire may send the shared part once. `text` and `html` are whole all the same, and they count.

    Its repr shows the key alone, so that no log has a name or an address by accident.
    """

    key: str
    to: str = field(repr=False)
    sender: Sender = field(repr=False)
    text: str = field(repr=False)
    to_name: str = field(default="", repr=False)
    reply_to: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    language: str = field(default="", repr=False)
    in_reply_to: str = field(default="", repr=False)
    references: tuple[str, ...] = field(default=(), repr=False)
    auto_submitted: bool = field(default=True, repr=False)
    unsubscribe: str = field(default="", repr=False)
    return_path: str = field(default="", repr=False)
    written_at: datetime | None = field(default=None, repr=False)
    pattern: Pattern | None = field(default=None, repr=False)
    words: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
