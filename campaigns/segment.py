"""Which supporters a mailing is for, as plain values: where they live, what they speak, what they did, and how whoever
represents them stands.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from campaigns.posture import Posture
from campaigns.representation import is_represented


class Unsuited(ValueError):
    """Something said of a mailing that cannot be, and why. `field`: which part of it."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Segment:
    """What all who get it have in common; what is left empty, or None, is not asked about.

    `countries`: ISO 3166 codes. `divisions`: and all that lies in them. `languages`: the ones they chose.
    `has_signed`, `has_written`: a confirmed signature; a confirmed letter to an addressee. `joined_from` counts itself,
    `joined_before` does not (aware instants). `representatives`: their own stand in one of these ways (Posture).
    """

    countries: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    has_signed: bool | None = None
    has_written: bool | None = None
    joined_from: datetime | None = None
    joined_before: datetime | None = None
    representatives: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Segment":
        """From what a form, a file or a row says. Raises Unsuited, naming the field."""
        known = [each.name for each in fields(cls)]
        if stray := [name for name in said if name not in known]:
            raise Unsuited(f"There is no “{stray[0]}” in a segment; there is: {', '.join(known)}", stray[0])
        values = {name: _value(name, value) for name, value in said.items() if value not in (None, "", [], ())}
        segment = cls(**values)
        if strange := [each for each in segment.representatives if each not in set(Posture)]:
            raise Unsuited(f"“{strange[0]}” is not one of {', '.join(Posture)}", "representatives")
        if strange := [each for each in segment.countries if not (len(each) == 2 and each.isalpha())]:
            raise Unsuited(f"“{strange[0]}” is no country code of two letters, such as AM", "countries")
        if segment.joined_from and segment.joined_before and segment.joined_from >= segment.joined_before:
            raise Unsuited("Nobody joined after the end and before the beginning", "joined_before")
        return segment

    def to_keep(self) -> dict[str, Any]:
        """Plain values for JSON, without what is not asked about."""
        kept = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in kept.items()}

    def within(self, lived_in: Iterable[str], represented: Collection[str] | None) -> list[str] | None:
        """Of the divisions where supporters live, those it is for; None if it does not matter where.

        `represented`: where somebody stands in the way that is asked about.
        """
        if not self.divisions and not self.representatives:
            return None
        return sorted(
            each
            for each in lived_in
            if (not self.divisions or is_represented(each, self.divisions))
            and (not self.representatives or is_represented(each, represented or ()))
        )

    def sentence(self) -> str:
        """Whom it is for, in words."""
        return f"Supporters {', '.join(said)}" if (said := list(self._said())) else "All supporters"

    def _said(self) -> Iterable[str]:
        if self.countries:
            yield f"in {_or(self.countries)}"
        if self.divisions:
            yield f"living in {_or(self.divisions)}"
        if self.languages:
            yield f"reading {_or(self.languages)}"
        for value, did in ((self.has_signed, "signed"), (self.has_written, "written a letter")):
            if value is not None:
                yield f"who have {'' if value else 'not '}{did}"
        if self.joined_from:
            yield f"who joined from {self.joined_from:%-d %B %Y, %H:%M} UTC on"
        if self.joined_before:
            yield f"who joined before {self.joined_before:%-d %B %Y, %H:%M} UTC"
        if self.representatives:
            yield f"whose own representative {_or([_IS[Posture(each)] for each in self.representatives])}"


FOR_ALL = Segment()
_IS = {
    Posture.ACTED: "has acted",
    Posture.COMMITTED: "is committed to act",
    Posture.REFUSED: "has refused",
    Posture.BROKEN: "has broken a commitment",
    Posture.SILENT: "is silent",
}


def _or(names: Collection[str]) -> str:
    return " or ".join(names)


def _value(name: str, value: Any) -> Any:
    if name in ("has_signed", "has_written"):
        if not isinstance(value, bool):
            raise Unsuited("Say yes or no, or leave it out", name)
        return value
    if name in ("joined_from", "joined_before"):
        return _instant(name, value)
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise Unsuited("A list is needed here", name)
    words = tuple(dict.fromkeys(str(each).strip() for each in value if str(each).strip()))
    return tuple(each.upper() for each in words) if name == "countries" else words


def _instant(name: str, value: Any) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise Unsuited(f"“{value}” is no moment such as 2026-05-01T09:00:00+00:00", name) from None
    if instant.tzinfo is None:
        raise Unsuited("Say the zone, too, such as 2026-05-01T09:00:00+00:00", name)
    return instant
