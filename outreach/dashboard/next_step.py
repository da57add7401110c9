"""What comes next for one addressee, when, and what would stop it: asked of the same plan that the clock follows."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.coming import coming
from campaigns.moves import Begin, Remind, StartClock
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import text_of


@dataclass(frozen=True, slots=True)
class Next:
    """`at`: None where no time is known. `stops`: sentences; empty if nothing stands in the way."""

    said: str
    at: datetime | None
    stops: tuple[str, ...]


def next_of(scene: Scene, appeal: Appeal) -> Next | None:
    """None for an appeal that has ended, whose clock stands, or that waits for a letter to arrive."""
    if appeal.status not in Appeal.ALIVE or appeal.stopped_at is not None:
        return None
    found = coming(scene.rules, scene.positions[appeal.pk], scene.now)
    if found is None:
        return None
    return Next(said(scene, found.wanted), found.at, tuple(reason.sentence for reason in found.stops))


def said(scene: Scene, wanted: object) -> str:
    """What it is called: a step by its number and title."""
    if isinstance(wanted, Begin):
        return f"step {wanted.rung}, {text_of(scene.steps[wanted.rung - 1].title)}"
    if isinstance(wanted, Remind):
        return "reminder"
    return "its time begins" if isinstance(wanted, StartClock) else "the ladder ends"
