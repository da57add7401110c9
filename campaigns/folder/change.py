"""What loading would change, one sentence for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_SHOWN = 80
Fields = Mapping[str, object]
Inventory = dict[tuple[str, str], Fields]  # (kind, what) → its fields


@dataclass(frozen=True, slots=True)
class Change:
    """`field` is empty where something is added (`old` is None) or removed (`new` is None)."""

    kind: str
    what: str
    field: str = ""
    old: object = None
    new: object = None

    @property
    def is_addition(self) -> bool:
        return not self.field and self.old is None

    @property
    def is_removal(self) -> bool:
        return not self.field and self.new is None

    def __str__(self) -> str:
        what = self.what.replace("\n", ", ")
        if self.is_addition:
            return f"add {self.kind} {what}"
        if self.is_removal:
            return f"remove {self.kind} {what}"
        return f"{self.kind} {what}: {self.field}: {_shown(self.old)} → {_shown(self.new)}"


def changes(kept: Inventory, wanted: Inventory) -> Iterator[Change]:
    """From what is kept to what is wanted: removals, additions and changes, in the order things are written."""
    for kind, what in kept:
        if (kind, what) not in wanted:
            yield Change(kind, what, old=kept[kind, what])
    for (kind, what), fields in wanted.items():
        before = kept.get((kind, what))
        if before is None:
            yield Change(kind, what, new=fields)
        else:
            for field in fields:
                yield from _differences(kind, what, field, before.get(field), fields[field])


def _differences(kind: str, what: str, field: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys([*old, *new]):
            yield from _differences(kind, what, f"{field}.{part}", old.get(part), new.get(part))
    else:
        yield Change(kind, what, field, old, new)


def _shown(value: object) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}”"
