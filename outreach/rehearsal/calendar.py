"""What a rehearsal or a forecast found, as a file for the calendars people have (RFC 5545)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from campaigns.text import in_language
from channels.channel import CHANNELS
from outreach.rehearsal.record import Entry, Rehearsal

if TYPE_CHECKING:
    from icalendar import Event

SHORTEST = timedelta(minutes=15)  # what lasts no time is hardly seen in a calendar
MOST_NAMES = 30
Key = tuple[datetime, str, int, str, str]


def calendar(rehearsal: Rehearsal, note: str, *, now: datetime) -> bytes:
    """One event for the messages of a kind that leave together, and one for each deadline. `now` stamps them.

    `note` says what the whole is: a forecast, or a rehearsal whose answers are invented. Event names are the same
    whenever the same is foreseen, so that importing the file again moves what has moved.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Outreach//Rehearsal//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    edition = rehearsal.edition
    title = in_language(edition.title, edition.default_language)
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", edition.brief.time_zone)
    for key, together in _together(rehearsal.sends).items():
        made.add_component(_messages(rehearsal, key, together, note, now))
    for (due_at, step), keys in _deadlines(rehearsal.entries).items():
        made.add_component(_deadline(rehearsal, due_at, step, keys, note, now))
    return bytes(made.to_ical())


def _messages(rehearsal: Rehearsal, key: Key, together: Collection[Entry], note: str, now: datetime) -> "Event":
    at, step, reminder, audience, channel = key
    number, until = sum(entry.count for entry in together), max(entry.until or entry.at for entry in together)
    kind = f"{CHANNELS[channel].title} to {audience}"
    name = _step_title(rehearsal, step) + (" (reminder)" if reminder else "")
    names = [rehearsal.edition.readers[entry.addressee].office.name for entry in together if entry.addressee]
    uid = _uid(rehearsal.edition.slug, step, str(reminder), audience, channel, at.isoformat())
    return _event(uid, f"{name}: {number} × {kind}", at, max(until, at + SHORTEST), names, note, now)


def _deadline(
    rehearsal: Rehearsal, due_at: datetime, step: str, keys: Collection[str], note: str, now: datetime
) -> "Event":
    names = [rehearsal.edition.readers[key].office.name for key in keys]
    uid = _uid(rehearsal.edition.slug, "deadline", step, due_at.isoformat())
    said = f"Deadline: {_step_title(rehearsal, step)} ({len(names)} addressees)"
    return _event(uid, said, due_at, due_at + SHORTEST, names, note, now)


def _event(
    uid: str, summary: str, start: datetime, end: datetime, names: Collection[str], note: str, now: datetime
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    more = [f"and {len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    event.add("description", "\n".join([note, *list(names)[:MOST_NAMES], *more]))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _together(sends: Iterable[Entry]) -> dict[Key, list[Entry]]:
    """Messages of one kind that leave within the same minute."""
    found: dict[Key, list[Entry]] = {}
    for entry in sends:
        minute = entry.at.replace(second=0, microsecond=0)
        found.setdefault((minute, entry.step, entry.reminder, entry.audience, entry.channel), []).append(entry)
    return found


def _deadlines(entries: Iterable[Entry]) -> dict[tuple[datetime, str], list[str]]:
    found: dict[tuple[datetime, str], list[str]] = {}
    for entry in entries:
        if entry.kind in ("opening", "escalation", "clock") and entry.due_at and entry.addressee:
            found.setdefault((entry.due_at, entry.step), []).append(entry.addressee)
    return found


def _step_title(rehearsal: Rehearsal, step: str) -> str:
    edition = rehearsal.edition
    return in_language(edition.step_titles.get(step, {}), edition.default_language) or step


def _uid(*names: str) -> str:
    return f"{sha256('/'.join(names).encode()).hexdigest()[:32]}@outreach"
