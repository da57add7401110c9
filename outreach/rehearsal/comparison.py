"""What changes for whom between two versions of a campaign, both rehearsed with the same scenario."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from outreach.rehearsal.record import Entry, Rehearsal

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind`: appears, vanishes, moves, changes (its words or its readers), or deadline (of a step that begins then).

    `addressee` is empty for what concerns everybody. `before`, `after`: when, or until when; None where it is not.
    `detail`: what else is different.
    """

    kind: str
    what: str
    addressee: str
    step: str
    before: datetime | None
    after: datetime | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Rehearsal
    after: Rehearsal
    differences: tuple[Difference, ...]

    def of(self, addressee: str) -> list[Difference]:
        return [each for each in self.differences if each.addressee == addressee]

    @property
    def addressees(self) -> list[str]:
        """Whom anything is different for, in the order of the newer version."""
        order = list(dict.fromkeys([*self.after.edition.asked, *self.before.edition.asked]))
        concerned = {each.addressee for each in self.differences if each.addressee}
        return [*(key for key in order if key in concerned), *sorted(concerned - set(order))]

    def as_json(self) -> dict[str, Any]:
        zone = self.after.edition.rules.zone
        return {
            "before": {"campaign": self.before.edition.slug, "statuses": self.before.statuses()},
            "after": {"campaign": self.after.edition.slug, "statuses": self.after.statuses()},
            "scenario": self.after.scenario.title,
            "differences": [_describe(each, zone) for each in self.differences],
        }


def compare(before: Rehearsal, after: Rehearsal) -> Comparison:
    """Message by message and step by step, addressee by addressee; in order of time."""
    found = [*_messages(before, after), *_steps(before, after), *_ends(before, after)]
    found.sort(key=lambda each: (each.after or each.before or after.end, each.addressee, each.kind))
    return Comparison(before, after, tuple(found))


def _messages(before: Rehearsal, after: Rehearsal) -> Iterator[Difference]:
    old, new = _by_key(before.sends, _message_key), _by_key(after.sends, _message_key)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        entry = now or was
        assert entry is not None
        what = f"{entry.channel} to {entry.addressee or entry.audience}"
        step = f"{entry.step} (reminder {entry.reminder})" if entry.reminder else entry.step
        yield from _compared(what, entry.addressee or "", step, was, now)
        if was and now and (detail := "; ".join(_changed(was, now))):
            yield Difference("changes", what, entry.addressee or "", step, was.at, now.at, detail)


def _steps(before: Rehearsal, after: Rehearsal) -> Iterator[Difference]:
    """Steps whose deadline, as they begin, is another one; when their messages leave is told of the messages."""
    old, new = (_by_key((e for e in each.entries if e.due_at), _step_key) for each in (before, after))
    for key in old.keys() & new.keys():
        was, now = old[key], new[key]
        if was.due_at != now.due_at:
            yield Difference("deadline", "deadline", now.addressee or "", now.step, was.due_at, now.due_at)


def _ends(before: Rehearsal, after: Rehearsal) -> Iterator[Difference]:
    """Who stands elsewhere at the end, and who is asked only in one of the two."""
    old, new = ({case.key: case.status for case in each.cases} for each in (before, after))
    for key in dict.fromkeys([*old, *new]):
        if key not in new:
            yield Difference("vanishes", "asked", key, "", before.start, None, "is not asked any more")
        elif key not in old:
            yield Difference("appears", "asked", key, "", None, after.start, "is asked, too")
        elif old[key] != new[key]:
            yield Difference("changes", "end", key, "", before.end, after.end, f"{old[key]} → {new[key]}")


def _compared(what: str, addressee: str, step: str, was: Entry | None, now: Entry | None) -> Iterator[Difference]:
    if was is None and now is not None:
        yield Difference("appears", what, addressee, step, None, now.at)
    elif now is None and was is not None:
        yield Difference("vanishes", what, addressee, step, was.at, None)
    elif was is not None and now is not None and was.at != now.at:
        yield Difference("moves", what, addressee, step, was.at, now.at)


def _changed(was: Entry, now: Entry) -> Iterator[str]:
    if was.language != now.language:
        yield f"language: {was.language} → {now.language}"
    if was.subject != now.subject:
        yield "other words"
    if was.concerns != now.concerns:
        yield f"about {len(was.concerns)} → {len(now.concerns)}"
    if was.count != now.count:
        yield f"to {was.count} → {now.count}"


def _by_key(entries: Iterable[Entry], key_of: Any) -> Mapping[Key, Entry]:
    """Several with the same key, such as the days of a wave to supporters, are told apart by their order."""
    found: dict[Key, Entry] = {}
    times: dict[Key, int] = {}
    for entry in entries:
        key = key_of(entry)
        times[key] = times.get(key, 0) + 1
        found[(*key, str(times[key]))] = entry
    return found


def _message_key(entry: Entry) -> Key:
    return entry.step, str(entry.reminder), entry.audience, entry.channel, entry.addressee or ""


def _step_key(entry: Entry) -> Key:
    return entry.kind, entry.step, str(entry.reminder), entry.addressee or ""


def _describe(each: Difference, zone: ZoneInfo) -> dict[str, Any]:
    said = {name: getattr(each, name) for name in Difference.__slots__}
    for name in ("before", "after"):
        said[name] = said[name].astimezone(zone).isoformat() if said[name] else None
    return said
