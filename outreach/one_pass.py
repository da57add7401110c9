"""What one pass of the clock over a campaign did."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Pass:
    """Numbers of appeals."""

    begun: int = 0
    reminded: int = 0
    exhausted: int = 0
    waiting: int = 0

    def __add__(self, other: "Pass") -> "Pass":
        return Pass(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def is_idle(self) -> bool:
        return not (self.begun or self.reminded or self.exhausted)
