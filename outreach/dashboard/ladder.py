"""The ladder in words: for each step what was sent, or what is planned and to how many at most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from campaigns.condition import Stance
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Branch, Dispatch, Rung
from channels.channel import CHANNELS
from outreach.dashboard.scene import Scene
from outreach.dashboard.timetable import Stop
from outreach.dashboard.words import channel_title, counted, listing, text_of, word

THOSE_WHO = {
    Stance.SILENT: "are silent",
    Stance.REFUSED: "have refused",
    Stance.BROKEN: "have broken a commitment",
    Stance.UNREACHABLE: "cannot be reached",
}
Counts = dict[tuple[int, int, str, bool], Counter[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One step. `place`: past, now or nothing; `lines`: what was sent or is planned; `by_answer`: silence passes by."""

    number: int
    title: str
    at: datetime | None
    due_at: datetime | None
    place: str
    lines: tuple[str, ...]
    reminders: tuple[tuple[datetime, str], ...]
    by_answer: bool = False


def cards(scene: Scene, stops: list[Stop]) -> list[Card]:
    counts, reach = _counts(scene), Reach(scene)
    return [_card(scene, stop, counts, reach) for stop in stops]


class Reach:
    """To how many a dispatch could go: nobody more is asked than is asked now."""

    def __init__(self, scene: Scene) -> None:
        self.asked = scene.still_asked
        self.supporters = scene.campaign.supporters.reachable().count()
        self.groups = dict(
            scene.campaign.groups.annotate(size=Count("memberships")).order_by().values_list("key", "size")
        )
        self.titles = {group.key: text_of(group.title) for group in scene.campaign.groups.all()}

    def sentence(self, dispatch: Dispatch) -> str:
        channels = listing(channel_title(name) for name in dispatch.channels)
        if dispatch.audience == ADDRESSEES:
            return f"{channels}: at most {counted(self.asked, 'addressee')}"
        if dispatch.of_the_silent:
            return f"{channels}: supporters whose own representatives are silent, one message each"
        if dispatch.audience == SUPPORTERS:
            return f"{channels}: {counted(self.supporters, 'supporter')} who agreed, one message each"
        if dispatch.audience == PUBLIC:
            return f"{channels}: a public post on each"
        title = self.titles.get(dispatch.audience, dispatch.audience)
        return f"{channels}: {title}, {self.groups.get(dispatch.audience, 0)}"


def rules_of(rung: Rung) -> Iterator[str]:
    """For whom a step is, what it waits for and where the ladder goes on, in words; nothing for an ordinary step."""
    asked = rung.condition
    if asked.stances:
        yield f"Only for those who {' or '.join(THOSE_WHO[each] for each in Stance if each in asked.stances)}"
    if asked.signatures:
        yield f"Needs {counted(asked.signatures, 'signature')}"
    if rung.at_once:
        yield "Begins at once"
    if rung.approvers:
        yield f"Needs {counted(rung.approvers, 'approval')}"
    if rung.branches:
        yield f"Then: {'; '.join(map(_way, rung.branches))}"


def _way(branch: Branch) -> str:
    whom = f"who {THOSE_WHO[branch.on]}" if branch.on else "everyone else"
    return f"{whom} → {branch.to}"


def _card(scene: Scene, stop: Stop, counts: Counts, reach: Reach) -> Card:
    number = stop.step.number
    rung = scene.rules.ladder.rung(number)
    sent = tuple(_sent(counts, number, 0))
    reminders = []
    for reminder, at, has_begun in stop.reminders:
        said = "; ".join(_sent(counts, number, reminder)) if has_begun else "reminder to those with a demand still open"
        reminders.append((at, said or "reminder: nobody had to be reminded"))
    return Card(
        number=number,
        title=text_of(stop.step.title),
        at=stop.at,
        due_at=stop.due_at,
        place=_place(scene, stop),
        lines=(*rules_of(rung), *(sent if stop.has_begun else (reach.sentence(each) for each in rung.dispatches))),
        reminders=tuple(reminders),
        by_answer=number not in scene.rules.ladder.if_silent(),
    )


def _place(scene: Scene, stop: Stop) -> str:
    is_over = scene.campaign.status == scene.campaign.Status.CLOSED
    if stop.has_begun and (stop.step.number < scene.furthest or is_over):
        return "past"
    return "now" if stop.has_begun else ""


def _sent(counts: Counts, number: int, reminder: int) -> Iterator[str]:
    for (step, which, audience, is_public), states in counts.items():
        if (step, which) == (number, reminder):
            said = ", ".join(f"{n:,} {word(state).lower()}" for state, n in states.most_common())
            yield f"{counted(states.total(), *_noun(audience, is_public, reminder))}: {said}"


def _noun(audience: str, is_public: bool, reminder: int) -> tuple[str, str]:
    if is_public:
        return ("public notice", "public notices") if audience == ADDRESSEES else ("public post", "public posts")
    if audience == SUPPORTERS:
        return "message to supporters", "messages to supporters"
    return ("reminder", "reminders") if reminder else ("letter", "letters")


def _counts(scene: Scene) -> Counts:
    """How many deliveries of each step, reminder and kind are in which state."""
    of_steps = scene.campaign.deliveries.filter(step__isnull=False)
    grouped = of_steps.order_by("step__number", "wave__reminder", "audience")
    rows = grouped.values_list("step__number", "wave__reminder", "audience", "channel", "state")
    found: Counts = {}
    for step, reminder, audience, channel, state, n in rows.annotate(n=Count("id")):
        kind = (step, reminder, audience, CHANNELS[channel].is_public)
        found.setdefault(kind, Counter())[state] += n
    return found
