"""How far the current wave is on its way."""

from dataclasses import dataclass

from django.db.models import Count

from campaigns.wave import Wave
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import text_of
from outreach.delivery import Delivery

State = Delivery.State
SHOWN = (
    (State.HANDED, "warn"),
    (State.DELAYED, "warn"),
    (State.BOUNCED, "bad"),
    (State.REFUSED, "bad"),
    (State.SUPPRESSED, ""),
    (State.EXPIRED, ""),
    (State.CANCELLED, ""),
    (State.UNKNOWN, "odd"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the funnel: per cent of what was planned."""

    state: str
    count: int
    share: float
    tone: str


@dataclass(frozen=True, slots=True)
class Progress:
    wave: Wave
    title: str
    total: int
    settled: int
    bars: tuple[Bar, ...]
    unknown: int

    @property
    def is_moving(self) -> bool:
        return self.settled < self.total

    @property
    def tenths(self) -> int:
        """Settled, in per cent, down to the last full tenth; said aloud only when it changes."""
        return 10 * (10 * self.settled // self.total) if self.total else 100


def progress(scene: Scene) -> Progress | None:
    """Of the newest wave with something on its way; else of the newest one. None before the first."""
    counts = _counts(scene)
    waves = [wave for wave in scene.waves if wave.pk in counts]
    if not waves:
        return None
    moving = [wave for wave in waves if set(counts[wave.pk]) & set(Delivery.UNSETTLED)]
    wave = (moving or waves)[-1]
    return _progress(wave, counts[wave.pk])


def _progress(wave: Wave, counts: "dict[str, tuple[int, int]]") -> Progress:
    total = sum(n for n, _ in counts.values())
    unsettled = sum(n for state, (n, _) in counts.items() if state in Delivery.UNSETTLED)
    taken = sum(sent for _, sent in counts.values())

    def bar(state: str, count: int, tone: str) -> Bar:
        return Bar(state, count, round(100 * count / total, 2), tone)

    number = {state: n for state, (n, _) in counts.items()}
    rest = [bar(state.value, number[state], tone) for state, tone in SHOWN if number.get(state)]
    return Progress(
        wave=wave,
        title=_title(wave),
        total=total,
        settled=total - unsettled,
        bars=(
            bar("planned", total, ""),
            bar("sent", taken, ""),
            bar("delivered", number.get(State.DELIVERED, 0), "good"),
            *rest,
        ),
        unknown=number.get(State.UNKNOWN, 0),
    )


def _title(wave: Wave) -> str:
    if wave.step is None:
        return f"Mailing “{wave.mailing.title if wave.mailing else ''}”"
    step = f"step {wave.step.number}, {text_of(wave.step.title)}"
    return f"Reminder of {step}" if wave.reminder else f"S{step[1:]}"


def _counts(scene: Scene) -> "dict[object, dict[str, tuple[int, int]]]":
    """For each wave and state: how many deliveries, and how many of them a provider took."""
    rows = scene.campaign.deliveries.order_by().values_list("wave", "state")
    found: dict[object, dict[str, tuple[int, int]]] = {}
    for wave, state, n, sent in rows.annotate(n=Count("id"), sent=Count("sent_at")):
        found.setdefault(wave, {})[state] = (n, sent)
    return found
