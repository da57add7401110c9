"""Why no step is taken now for one addressee: whether anything is due, and every guard that would be asked."""

from dataclasses import dataclass
from datetime import timedelta

from campaigns import guards
from campaigns.moves import Begin, Remind
from campaigns.plan import as_concerns, next_instant, wants
from campaigns.position import Position
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When
from outreach.dashboard.words import sentence


@dataclass(frozen=True, slots=True)
class Check:
    is_passed: bool
    sentence: str


def checks(scene: Scene, position: Position, when: When) -> list[Check]:
    """First whether anything is due, then the guards in the order in which the clock asks."""
    concerned = _concerned(scene, position)
    found = [(guard, guard(scene.rules, concerned, scene.now)) for guard in guards.BEFORE_WRITING]
    return [
        *_not_due(scene, position, when),
        *(
            Check(False, sentence(reason.sentence)) if reason else Check(True, _passed(scene, position, guard))
            for guard, reason in found
        ),
    ]


def _not_due(scene: Scene, position: Position, when: When) -> list[Check]:
    if wants(scene.rules, position, scene.now) is not None:
        return []
    at = next_instant(scene.rules, position, scene.now)
    until = f"before {when.at(at).striptags()}" if at else "before the first letter is proven delivered"
    return [Check(False, f"Nothing is due {until}.")]


def _concerned(scene: Scene, position: Position) -> Position:
    """Without the holds on steps and channels that what comes next does not use."""
    at = next_instant(scene.rules, position, scene.now)
    wanted = wants(scene.rules, position, max(at, scene.now)) if at else None
    return as_concerns(scene.rules, position, wanted) if isinstance(wanted, Begin | Remind) else position


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
