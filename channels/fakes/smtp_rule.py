"""What the sink is told to do other than take a letter."""

from dataclasses import dataclass

HANG = "hang"
CUT = "cut"
KEEP_AND_CUT = "keep and cut"
MOMENTS = ("greeting", "sender", "recipient", "data", "body", "letter")


@dataclass(frozen=True, slots=True)
class Rule:
    """One exception.

    `reply`: an SMTP reply such as `450 4.2.0 later` (a line break makes it one of several lines; after a 421 the
    connection is closed), or `hang` (never answer), `cut` (end the connection), `keep and cut` (keep the letter and
    end the connection without a word; only `at="letter"`).
    `recipient`: for this address alone; empty for everybody.
    `at`: the connection's `greeting`, the `sender` (MAIL), the `recipient` (RCPT), the command `data`, the middle of
    the `body`, or the whole `letter` after its final dot.
    `nth`: only for the n-th letter that was begun since the sink started, from 1; 0 for every one.
    `times`: how often it holds; 0 for always.
    """

    reply: str
    recipient: str = ""
    at: str = "recipient"
    nth: int = 0
    times: int = 0

    def __post_init__(self) -> None:
        if self.at not in MOMENTS:
            raise ValueError(f"at={self.at} is none of {', '.join(MOMENTS)}")
        if self.reply not in (HANG, CUT, KEEP_AND_CUT) and not self.reply[:3].isdigit():
            raise ValueError(f"{self.reply} is neither an SMTP reply nor {HANG}, {CUT} or {KEEP_AND_CUT}")
        if self.reply == KEEP_AND_CUT and self.at != "letter":
            raise ValueError(f"{KEEP_AND_CUT} is possible only at the whole letter")
        if self.recipient and self.at in ("greeting", "sender"):
            raise ValueError(f"At the {self.at} the recipient is not known yet")

    def fits(self, at: str, recipient: str, nth: int) -> bool:
        """Whether it says something about this moment."""
        return self.at == at and self.recipient in ("", recipient) and self.nth in (0, nth)
