"""For whom a step happens: how an addressee stands, and how many have signed."""

from dataclasses import dataclass, field
from enum import StrEnum


class Stance(StrEnum):
    """How an addressee stands at one moment. More than one may be so: refused, and a commitment broken."""

    SILENT = "silent"  # no outcome on anything that is still open
    REFUSED = "refused"
    BROKEN = "broken"  # a dated commitment has passed and the demand is still open
    UNREACHABLE = "unreachable"  # nothing arrived, and no address is left


SILENCE = frozenset({Stance.SILENT})
NOT_SO = {
    Stance.SILENT: "they are not silent",
    Stance.REFUSED: "they have not refused",
    Stance.BROKEN: "no commitment of theirs is broken",
    Stance.UNREACHABLE: "they can be reached",
}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What conditions and branches are judged by: an addressee's stances, and the number of signatures that count."""

    stances: frozenset[Stance] = SILENCE
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of `stances`, if there are some, and at least so many `signatures`."""

    stances: frozenset[Stance] = field(default_factory=frozenset)
    signatures: int = 0

    def why_not(self, standpoint: Standpoint) -> str:
        """Why a step does not happen, in words that stand behind «left out:»; empty if it does."""
        if standpoint.signatures < self.signatures:
            return f"it needs {self.signatures:,} signatures and there are {standpoint.signatures:,}"
        if self.stances and not self.stances & standpoint.stances:
            return ", and ".join(NOT_SO[stance] for stance in Stance if stance in self.stances)
        return ""


FOR_EVERYONE = Condition()
