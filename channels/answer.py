"""What a wire says about an envelope: one of four things, and a task for a person is one kind of not knowing yet."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Receipt:
    """The other side took it.

    `reference`: its name over there (for email the Message-ID). `proven`: this answer itself proves that the
    recipient's side has the message. `url`: where the public can see it. `detail`: what was said, word for word.
    """

    reference: str
    proven: bool = False
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: sending the same again would fail again. `code`: the other side's own, such as `5.1.1`."""

    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Delayed:
    """Not now, and certainly not sent: it may be tried again, not before `wait` if the other side said so."""

    reason: str
    wait: timedelta | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it arrived. Never counted as sent, never sent again without a decision."""

    reason: str


@dataclass(frozen=True, slots=True)
class Task(Unknown):
    """A person is to carry it by hand, and only a person can say whether they have. `reference`: its name till then.

    `within`: how soon it should be done.
    """

    reference: str = ""
    within: timedelta = timedelta(days=2)


Answer = Receipt | Refused | Delayed | Unknown
