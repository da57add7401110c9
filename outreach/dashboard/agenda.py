"""What happens next, and when, if nobody acts before: asked of the same plan that the clock follows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.deadline import SECOND
from campaigns.moves import Begin, Exhaust, Remind, StartClock, Wait
from campaigns.plan import decide, next_instant, wants
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import some, text_of

Wanted = Begin | Remind | Exhaust | StartClock | None
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that will happen. `is_a_step`: it is what the countdown counts down to."""

    at: datetime
    said: str
    icon: str
    note: str = ""
    is_a_step: bool = False


def agenda(scene: Scene) -> list[Item]:
    """In order of time. Clocks that a hold keeps still are left out: their time is not known."""
    if scene.campaign.published_at is None or scene.campaign.status == scene.campaign.Status.CLOSED:
        return []
    together: dict[tuple[datetime, str, str, str, bool], list[str]] = defaultdict(list)
    for appeal in scene.appeals:
        for at, said, icon, note, is_a_step in _of(scene, appeal):
            together[at, said, icon, note, is_a_step].append(appeal.addressee.name)
    items = [
        Item(at, said.format(some(names, "addressees")), icon, note, is_a_step)
        for (at, said, icon, note, is_a_step), names in together.items()
    ]
    return sorted([*items, *_ends_of_holds(scene)], key=lambda item: item.at)[:LONGEST]


def _of(scene: Scene, appeal: Appeal) -> Iterator[tuple[datetime, str, str, str, bool]]:
    if appeal.status not in Appeal.ALIVE or appeal.stopped_at is not None:
        return
    position = scene.positions[appeal.pk]
    if position.committed_until and position.committed_until >= scene.now:
        yield position.committed_until + SECOND, "Commitment of {} has ended", "flag", "", False
    move = decide(scene.rules, position, scene.now)
    if isinstance(move, Wait):
        if move.until:
            yield move.until, _said(scene, move.wanted), "mail", "; ".join(r.sentence for r in move.reasons), True
        return
    at = scene.now if move else next_instant(scene.rules, position, scene.now)
    wanted = move or (wants(scene.rules, position, at) if at else None)
    if at and wanted:
        yield at, _said(scene, wanted), "mail", "", True


def _said(scene: Scene, wanted: Wanted) -> str:
    if isinstance(wanted, Begin):
        return f"Step {wanted.rung}, {_title(scene, wanted.rung)}: {{}}"
    if isinstance(wanted, Remind):
        return f"Reminder of step {wanted.rung}: {{}}"
    return "The clock starts for {}" if isinstance(wanted, StartClock) else "The ladder ends for {}"


def _title(scene: Scene, number: int) -> str:
    return text_of(scene.steps[number - 1].title).replace("{", "").replace("}", "")


def _ends_of_holds(scene: Scene) -> Iterator[Item]:
    for hold in scene.holds:
        if hold.until:
            yield Item(hold.until, f"The hold on {hold.what()} ends", "hold")
