"""What a fake on the web is told to do other than its work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HANG = "hang"
CUT = "cut"
MOMENTS = ("body", "request")


@dataclass(frozen=True, slots=True)
class WebRule:
    """One exception.

    `at`: the middle of the `body` (only to `cut` or `hang`), or the whole `request`.
    `reply`: an HTTP status with words, such as `429 Too Many Requests`, or `hang` (never answer) or `cut` (end the
    connection). `keep`: do first what was asked, and then answer so. `headers`, `body`: of the answer.
    `path`, `method`: only for requests to paths that begin so, and by this method; empty for all.
    `nth`: only for the n-th request that fits, from 1; 0 for every one. `times`: how often it holds; 0 for always.
    """

    reply: str
    path: str = ""
    method: str = ""
    keep: bool = False
    nth: int = 0
    times: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    at: str = "request"

    def __post_init__(self) -> None:
        if self.reply not in (HANG, CUT) and not (self.reply[:3].isdigit() and self.reply[3:4] in ("", " ")):
            raise ValueError(f"{self.reply} is neither an HTTP status nor {HANG} nor {CUT}")
        if self.at not in MOMENTS or (self.at == "body" and self.reply not in (HANG, CUT)):
            raise ValueError(f"at={self.at} is none of {', '.join(MOMENTS)}, or a status is told there")

    def fits(self, at: str, method: str, path: str) -> bool:
        """Whether it says something about this moment of such a request."""
        return self.at == at and path.startswith(self.path) and self.method in ("", method)


@dataclass(slots=True)
class _Standing:
    rule: WebRule
    seen: int = 0
    used: int = 0

    def holds(self) -> bool:
        """Count a request that fits, and say whether it is one of those that are meant."""
        self.seen += 1
        if self.rule.nth not in (0, self.seen) or (self.rule.times and self.used >= self.rule.times):
            return False
        self.used += 1
        return True


class Rules:
    """What holds now. What was said last is tried first."""

    def __init__(self) -> None:
        self._standing: list[_Standing] = []

    def __len__(self) -> int:
        return len(self._standing)

    def add(self, rule: WebRule) -> None:
        self._standing.insert(0, _Standing(rule))

    def clear(self) -> None:
        self._standing.clear()

    def chosen(self, at: str, method: str, path: str) -> WebRule | None:
        """The rule for this request, if there is one; it counts as used."""
        fitting = (standing for standing in self._standing if standing.rule.fits(at, method, path))
        return next((standing.rule for standing in fitting if standing.holds()), None)
