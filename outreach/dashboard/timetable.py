"""When each step began, or will begin if nobody acts. A step that only an answer leads to has no time before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.deadline import SECOND
from campaigns.position import Clock
from campaigns.step import Step
from campaigns.tally import count_for
from outreach.dashboard.scene import Scene


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the way: `at` is None where only an event can tell; `reminders`: when each is due, or began."""

    step: Step
    at: datetime | None
    due_at: datetime | None
    has_begun: bool
    reminders: tuple[tuple[int, datetime, bool], ...]


def timetable(scene: Scene) -> list[Stop]:
    return list(_stops(scene))


def _stops(scene: Scene) -> Iterator[Stop]:
    begun = {wave.step.number: wave.at for wave in reversed(scene.waves) if wave.step and wave.reminder == 0}
    if not scene.steps:
        return
    expected = scene.rules.ladder.if_silent(count_for(scene.rules.ladder, scene.campaign.pk))
    following: datetime | None = scene.rules.published_at
    for step in scene.steps:
        at = begun.get(step.number, following if step.number in expected else None)
        due_at = _due(scene, step, at)
        yield Stop(step, at, due_at, step.number in begun, _reminders(scene, step, at, due_at))
        if step.number in expected or step.number in begun:
            following = due_at + SECOND if due_at else None


def _due(scene: Scene, step: Step, at: datetime | None) -> datetime | None:
    """The earliest deadline that really runs at this step; else the one the rules give."""
    running = [a.due_at for a in scene.appeals if a.step_id == step.pk and a.status == Appeal.Status.WAITING]
    if known := [due for due in running if due]:
        return min(known)
    is_open = scene.rules.clock is Clock.DELIVERY and step.number == 1 and scene.furthest < 2
    if at is None or is_open:
        return None
    return scene.rules.ladder.rung(step.number).patience.deadline(at, scene.rules.zone)


def _reminders(
    scene: Scene, step: Step, at: datetime | None, due_at: datetime | None
) -> tuple[tuple[int, datetime, bool], ...]:
    begun = {w.reminder: w.at for w in scene.waves if w.step_id == step.pk and w.reminder}
    planned = scene.rules.ladder.rung(step.number).reminders if at and due_at else ()
    found = []
    for each in planned:
        assert at is not None
        assert due_at is not None
        found.append(
            (each.number, begun.get(each.number) or each.at(at, due_at, scene.rules.zone), each.number in begun)
        )
    return tuple(found)
