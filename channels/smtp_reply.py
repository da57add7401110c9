"""What a mail server says, and what it means for a letter.

| answers                         | code               | the letter is                                    |
|---------------------------------|--------------------|--------------------------------------------------|
| MAIL                            | 552                | Refused: too large                               |
| MAIL                            | any other 4xx, 5xx | Delayed: the sender is at fault, not the letter  |
| RCPT, DATA, the letter          | 530, 534, 535, 538 | Delayed: we are to sign in first                 |
| RCPT, DATA, the letter          | 5xx                | Refused, with the enhanced code                  |
| RCPT, DATA, the letter          | 4xx, 421 too       | Delayed, for as long as the server asks          |
| the letter                      | neither            | Unknown                                          |
"""

import re
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

from channels.answer import Delayed, Refused, Unknown

SIGN_IN_FIRST = frozenset({530, 534, 535, 538})
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
WAIT = re.compile(r"\b(\d{1,5})\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b", re.IGNORECASE)
UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
LATER = timedelta(minutes=5)
AT_MOST = timedelta(days=1)


class Stage(Enum):
    """What a reply answers."""

    SENDER = "the sender"
    RECIPIENT = "the recipient"
    DATA = "the announcement of the letter"
    LETTER = "the letter"
    EMPTY = "a letter without recipients"
    RESET = "the reset"


class Reply(NamedTuple):
    """The code and the text, whose lines are kept apart."""

    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def enhanced(self) -> str:
        """The code of RFC 3463, which says more, if the server gave one; else the plain one."""
        found = ENHANCED.match(self.text)
        return found[0] if found else str(self.code)

    @property
    def wait(self) -> timedelta | None:
        """How long we are asked to wait, as in `Greylisted, try again in 300 seconds`; at most a day."""
        found = WAIT.search(self.text)
        return min(int(found[1]) * UNITS[found[2][0].lower()], AT_MOST) if found else None


def objection(stage: Stage, reply: Reply) -> Refused | Delayed | Unknown:
    """The table above, for a reply that is not consent."""
    said = f"The server did not take {stage.value}: {reply}"
    is_senders_fault = stage is Stage.SENDER and reply.code != 552
    match reply.code // 100:
        case 5 if not is_senders_fault and reply.code not in SIGN_IN_FIRST:
            return Refused(said, reply.enhanced)
        case 4 | 5:
            return Delayed(said, reply.wait or LATER, reply.enhanced)
        case _ if stage is Stage.LETTER:
            return Unknown(f"The server's answer to the letter makes no sense: {reply}")
        case _:
            return Delayed(said, LATER, reply.enhanced)
