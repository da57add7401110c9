"""What an office says on its answer page, read from the form. Pure: whatever is in a form is no error."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaigns.demand import Demand
from campaigns.outcome import LONGEST_COMMITMENT, Outcome

Kind = Outcome.Kind
KINDS = (Kind.DONE, Kind.PARTLY, Kind.COMMITTED, Kind.REFUSED, Kind.DEFLECTED)
MOST_LETTERS = 20_000  # of all its texts together
LONGEST_LINE = 200
Trouble = tuple[str, str, str]
"""A field of the form, what is wrong with it (a name), and the number of the demand, if it is about one."""


@dataclass(frozen=True, slots=True)
class Position:
    """What they say of one demand; `kind` is empty where they say nothing of it for now."""

    demand: Demand
    kind: str = ""
    until: date | None = None
    words: str = ""

    @property
    def is_said(self) -> bool:
        return bool(self.kind)

    def told(self) -> dict[str, object]:
        """As it is kept for good."""
        until = self.until.isoformat() if self.until else None
        return {"demand": self.demand.key, "kind": self.kind, "until": until, "words": self.words}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, whole. `words`: what they say beside the demands."""

    positions: tuple[Position, ...]
    words: str = ""
    name: str = ""
    function: str = ""
    may_be_published: bool = False

    @property
    def text(self) -> str:
        """All that they said in their own words."""
        about = [f"{each.demand.number}. {each.words}" for each in self.positions if each.words]
        return "\n\n".join([*about, *([self.words] if self.words else [])])

    def packed(self) -> bytes:
        """The answer as it is kept for good."""
        whole = {
            "positions": [each.told() for each in self.positions if each.is_said or each.words],
            "words": self.words,
            "name": self.name,
            "function": self.function,
            "may_be_published": self.may_be_published,
        }
        return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def read_said(
    form: Mapping[str, str], demands: tuple[Demand, ...], zone: ZoneInfo, now: datetime
) -> tuple[Said, list[Trouble]]:
    """What a form says, and all that is wrong with it. `zone`: the campaign's, whose days commitments end with."""
    troubles: list[Trouble] = []
    today = now.astimezone(zone).date()
    positions = tuple(_position(form, demand, today, troubles) for demand in demands)
    said = Said(
        positions,
        words=_words(form, "words"),
        name=_line(form, "name"),
        function=_line(form, "function"),
        may_be_published=form.get("publish") == "yes",
    )
    if not said.text and not any(each.is_said for each in positions):
        troubles.append((f"d-{demands[0].key}-done", "nothing", ""))
    if not said.function:
        troubles.append(("function", "function", ""))
    if len(said.text) > MOST_LETTERS:
        troubles.append(("words", "long", ""))
    return said, troubles


def _position(form: Mapping[str, str], demand: Demand, today: date, troubles: list[Trouble]) -> Position:
    kind = form.get(f"d-{demand.key}", "")
    kind = kind if kind in KINDS else ""
    until = None
    if kind == Kind.COMMITTED:
        try:
            until = date.fromisoformat(form.get(f"u-{demand.key}", "").strip())
        except ValueError:
            troubles.append((f"u-{demand.key}", "date", str(demand.number)))
        else:
            if not today <= until <= today.replace(year=today.year + LONGEST_COMMITMENT, day=1):
                troubles.append((f"u-{demand.key}", "past", str(demand.number)))
    return Position(demand, kind, until, _words(form, f"t-{demand.key}"))


def _words(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\0", "").strip()


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(_words(form, name).split())[:LONGEST_LINE]
