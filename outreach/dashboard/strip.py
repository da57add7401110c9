"""The ladder as a line that is true to time: days, weekends and holidays, the steps on it, and now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from campaigns.guards import addressee_rests
from campaigns.ladder import Ladder
from campaigns.place import Place
from campaigns.position import Fairness, Position, Rules
from outreach.dashboard.scene import Scene
from outreach.dashboard.timetable import Stop
from outreach.dashboard.when import When
from outreach.dashboard.words import counted

DAY = timedelta(days=1)
MOST_DAYS = 62
NEAR = 13.0  # per cent: labels closer than this would touch on a phone
RESTFUL = Fairness(respects_weekends=True, respects_holidays=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A step (with its number) or a reminder (without) at so many per cent of the line."""

    x: float
    number: int | None
    has_begun: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """What to draw. Lengths are per cent of the width."""

    days: tuple[tuple[float, float, bool], ...]  # from, width, whether most addressees rest
    marks: tuple[Mark, ...]
    labels: tuple[tuple[float, str], ...]
    now: float | None
    past_from: float
    past_to: float
    sentence: str


def strip(scene: Scene, stops: list[Stop], when: When) -> Strip | None:
    """None where the steps have no known times, or the line would be too long to read."""
    times = [moment for stop in stops for moment in (stop.at, stop.due_at) if moment]
    if len(times) < 2:
        return None
    first, last = when.local(min(times)).date(), when.local(max(times)).date()
    if (last - first).days > MOST_DAYS:
        return None
    line = _Line(when, first, (last - first).days + 1)
    marks = tuple(_marks(line, stops))
    now = line.x(scene.now) if scene.campaign.published_at and line.holds(scene.now) else None
    begun = [mark.x for mark in marks if mark.has_begun]
    reached = line.x(scene.now) if scene.campaign.published_at else 0
    return Strip(
        days=tuple(line.days(_places(scene))),
        marks=marks,
        labels=tuple(_labels(line, stops)),
        now=now,
        past_from=min(begun, default=0),
        past_to=min(100, max([*begun, reached])) if begun else 0,
        sentence=_sentence(scene, stops, first, last, when),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    when: When
    first: date
    length: int

    def x(self, moment: datetime) -> float:
        """Days of the calendar are equally wide, also on the day the clocks change."""
        local = self.when.local(moment)
        midnight = datetime.combine(local.date(), time(), local.tzinfo)
        days = (local.date() - self.first).days + (local - midnight) / DAY
        return round(100 * days / self.length, 2)

    def holds(self, moment: datetime) -> bool:
        return 0 <= self.x(moment) <= 100

    def middle(self, day: date) -> float:
        return round(100 * ((day - self.first).days + 0.5) / self.length, 2)

    def days(self, places: Counter[Place]) -> "list[tuple[float, float, bool]]":
        width = 100 / self.length
        found = []
        for n in range(self.length):
            day = self.first + n * DAY
            resting = sum(count for place, count in places.items() if _rests(place, day))
            found.append((round(n * width + 0.15, 2), round(width - 0.3, 2), 2 * resting > places.total()))
        return found


def _marks(line: _Line, stops: list[Stop]) -> "list[Mark]":
    marks = []
    for stop in stops:
        marks += [Mark(line.x(at), None, has_begun) for _, at, has_begun in stop.reminders]
        if stop.at:
            marks.append(Mark(line.x(stop.at), stop.step.number, stop.has_begun))
    return marks


def _labels(line: _Line, stops: list[Stop]) -> "list[tuple[float, str]]":
    days = sorted({line.when.local(m).date() for stop in stops for m in (stop.at, stop.due_at) if m})
    labels: list[tuple[float, str]] = []
    for day in days:
        x = min(97.0, max(2.5, line.middle(day)))
        if not labels or x - labels[-1][0] >= NEAR:
            labels.append((x, f"{day.day} {day:%b}"))
    return labels


def _sentence(scene: Scene, stops: list[Stop], first: date, last: date, when: When) -> str:
    begun = [stop.step.number for stop in stops if stop.has_begun]
    parts = [f"Time line from {first.day} {first:%B} to {last.day} {last:%B %Y}."]
    parts.append(f"{counted(len(begun), 'step')} of {len(stops)} begun.")
    if scene.campaign.published_at:
        local = when.local(scene.now)
        parts.append(f"Now is {local.day} {local:%B}, {local:%H:%M}.")
    planned = (stop for stop in stops if not stop.has_begun and stop.at)
    for stop in planned:
        local = when.local(stop.at or scene.now)
        parts.append(f"Step {stop.step.number} is due on {local.day} {local:%B}, {local:%H:%M}.")
    return " ".join([*parts, "Days on which most addressees rest are darker."])


def _places(scene: Scene) -> Counter[Place]:
    return Counter(addressee.place() for addressee in scene.addressees)


@lru_cache(maxsize=4096)
def _rests(place: Place, day: date) -> bool:
    """Whether that day is a weekend day or a public holiday there; asked of the same guard the clock asks."""
    noon = datetime.combine(day, time(12), place.zone)
    rules = Rules(Ladder(()), place.zone, noon, fairness=RESTFUL)
    return addressee_rests(rules, Position(None, place), noon) is not None
