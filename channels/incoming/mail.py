"""What the rules look at to tell what kind of mail it is."""

from dataclasses import dataclass

from channels.incoming.head import Head
from channels.incoming.limits import Limits
from channels.incoming.part import Part


@dataclass(frozen=True, slots=True)
class Mail:
    """`text`: all its words; `own_text`: those that are no quote; `media`: the types of its files.

    `sender`: the first address in From; `said_sender`: all that stands there, as it was written.
    """

    whole: Part
    subject: str
    sender: str
    text: str
    own_text: str
    return_path: str | None
    media: list[str]
    limits: Limits

    @property
    def head(self) -> Head:
        return self.whole.head

    @property
    def said_sender(self) -> str:
        return self.head.first("from")
