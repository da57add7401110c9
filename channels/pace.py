"""How fast an account may send, whatever its wire: options that every wire's address may have."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from channels.rate import Rate
from channels.warm_up import WarmUp

RATE, WARM_UP = OPTIONS = ("rate", "warm_up")


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate=600/min` and `warm_up=2026-11-24:50*2`; without them as fast as it can."""

    rate: Rate | None = None
    warm_up: WarmUp | None = None

    @classmethod
    def parse(cls, said: dict[str, str]) -> "Pace":
        """From the two options, as far as they are there. Raises ValueError with a sentence."""
        return cls(
            Rate.parse(said[RATE]) if RATE in said else None,
            WarmUp.parse(said[WARM_UP]) if WARM_UP in said else None,
        )

    def rates(self, now: datetime) -> dict[str, Rate]:
        """The rates that hold at `now`, by the option each comes from."""
        warming = self.warm_up.rate(now) if self.warm_up else None
        return {option: rate for option, rate in ((RATE, self.rate), (WARM_UP, warming)) if rate}


def parted(address: str) -> tuple[str, Pace]:
    """A wire's address without these options, to the letter as it was, and what they say. Raises ValueError."""
    where, _, query = address.partition("?")
    kept, said = [], {}
    for option in query.split("&") if query else ():
        name, _, value = option.partition("=")
        if name not in OPTIONS:
            kept.append(option)
        elif name in said:
            raise ValueError(f"The address of the wire says {name} twice")
        else:
            said[name] = unquote(value)
    return f"{where}?{'&'.join(kept)}" if kept else where, Pace.parse(said)
