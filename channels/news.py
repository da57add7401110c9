"""What a provider tells of a message after its first answer, in words that are the same for every provider."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened. Only `DELIVERED` proves that the recipient's side has the message."""

    TAKEN = "taken"  # the provider has it
    DEFERRED = "deferred"  # the recipient's server wants it later; the provider goes on trying
    DELIVERED = "delivered"
    BOUNCED = "bounced"  # it came back, for good
    BLOCKED = "blocked"  # it came back, for a reason that may pass
    DROPPED = "dropped"  # the provider never sent it
    COMPLAINT = "complaint"  # the recipient called it spam
    UNSUBSCRIBED = "unsubscribed"
    SEEN = "seen"  # opened, or a link followed, by a person or a machine: evidence of nothing
    OTHER = "other"  # whatever else: kept and shown


@dataclass(frozen=True, slots=True)
class News:
    """One thing a provider told once, however often it repeats it.

    `name`: the provider's own for this piece of news, the same in every repetition. `key`: that of our envelope, empty
    if it is about none. `said`: the provider's word for it. `reason`, `code`: why, without the recipient's address.
    `is_dead`: nobody is to be found at the address. `wants_no_more`: the provider knows that the recipient wants none.
    `is_machine`: the provider takes what saw it for a program, such as one that fetches pictures ahead of the reader.
    """

    name: str
    kind: Kind
    at: datetime
    said: str = ""
    key: str = ""
    reason: str = ""
    code: str = ""
    is_dead: bool = False
    wants_no_more: bool = False
    is_machine: bool = False
    address: str = field(default="", repr=False)
