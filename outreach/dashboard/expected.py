"""The forecast in lines that can be read: what leaves when, to whom, over which channel, in which languages."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from campaigns.text import Text
from campaigns.words.language import language_name
from channels.channel import CHANNELS
from outreach.dashboard.words import listing, text_of
from outreach.forecast import Forecast, Missing
from outreach.rehearsal.record import Entry, Rehearsal

Kind = tuple[date, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """Messages of one kind that leave on one day, from `at` to `until`. `languages`: how many in each, by its name."""

    at: datetime
    until: datetime
    step: str
    reminder: int
    what: str
    channel: str
    count: int
    languages: tuple[tuple[str, int], ...]


def lines(forecast: Forecast) -> list[Line]:
    return lines_of(forecast.rehearsal)


def lines_of(rehearsal: Rehearsal) -> list[Line]:
    zone = rehearsal.edition.rules.zone
    grouped: dict[Kind, list[Entry]] = {}
    for entry in rehearsal.sends:
        kind = (entry.at.astimezone(zone).date(), entry.step, entry.reminder, entry.audience, entry.channel)
        grouped.setdefault(kind, []).append(entry)
    return [_line(kind, entries) for kind, entries in grouped.items()]


def what(audience: str, channel: str) -> str:
    """What such a message is called: a letter, a public notice, a post."""
    if audience == ADDRESSEES:
        return "Public notice about each" if is_public(channel) else "Letter to each"
    if audience == SUPPORTERS:
        return "Message to supporters"
    return "Public post" if audience == PUBLIC else f"Letter to each of {audience}"


def is_public(channel: str) -> bool:
    return channel in CHANNELS and CHANNELS[channel].is_public


def gaps(missing: Iterable[Missing], step_titles: Mapping[str, Text]) -> list[tuple[str, str]]:
    """What is missing, said once, each with the steps it concerns."""
    steps: dict[str, list[str]] = {}
    for each in missing:
        steps.setdefault(each.sentence, []).append(text_of(step_titles[each.step]))
    return [(sentence, listing(dict.fromkeys(titles))) for sentence, titles in steps.items()]


def _line(kind: Kind, entries: Collection[Entry]) -> Line:
    _, step, reminder, audience, channel = kind
    at, until = min(entry.at for entry in entries), max(entry.until or entry.at for entry in entries)
    languages: Counter[str] = Counter()
    for entry in entries:
        languages[language_name(entry.language)] += entry.count
    said = tuple((name, n) for name, n in languages.most_common() if name)
    return Line(at, until, step, reminder, what(audience, channel), channel, languages.total(), said)
