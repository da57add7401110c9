"""Why no step is taken now for one addressee: every guard, and whether it lets a step pass."""

from dataclasses import dataclass
from datetime import timedelta

from campaigns import guards
from campaigns.position import Position
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import sentence


@dataclass(frozen=True, slots=True)
class Check:
    is_passed: bool
    sentence: str


def checks(scene: Scene, position: Position) -> list[Check]:
    """In the order in which the clock asks."""
    found = [(guard, guard(scene.rules, position, scene.now)) for guard in guards.BEFORE_WRITING]
    return [
        Check(False, sentence(reason.sentence)) if reason else Check(True, _passed(scene, position, guard))
        for guard, reason in found
    ]


def _passed(scene: Scene, position: Position, guard: guards.Guard) -> str:
    fairness = scene.rules.fairness
    waits = fairness.respects_weekends or fairness.respects_holidays
    gap = f"{fairness.minimum_gap / timedelta(hours=1):g}"
    is_proven = position.last_message is not None
    said: dict[guards.Guard, str] = {
        guards.held: "No hold on campaign, step, channel or addressee",
        guards.answer_unread: "No answer lies unread",
        guards.commitment_runs: "No dated commitment runs",
        guards.not_proven_delivered: "Last message proven delivered" if is_proven else "No message was due yet",
        guards.too_soon: f"Minimum gap of {gap} hours kept",
        guards.addressee_rests: "No weekend or holiday there now"
        if waits
        else "Weekends and holidays do not count here",
    }
    return said[guard]
