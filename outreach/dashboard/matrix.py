"""The table of addressees and demands: what each letter's way was, and what came of each demand."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.guards import BEFORE_A_STEP, Reason, reasons
from campaigns.ladder import ADDRESSEES
from campaigns.outcome import Outcome
from campaigns.position import Position
from outreach.again import DIRECT
from outreach.dashboard.next_step import Next, next_of
from outreach.dashboard.scene import Scene
from outreach.dashboard.words import sentence
from outreach.delivery import Delivery
from outreach.proof import NEVER_SENT

State = Delivery.State
CLOSEST_FIRST = (
    State.DELIVERED,
    State.SENT,
    State.UNKNOWN,
    State.SENDING,
    State.CLAIMED,
    State.HANDED,
    State.DELAYED,
    State.DUE,
)
LOOKS = {"unread": "unread", "unproven": "noproof", "held": "hold", "committed": "committed"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why no step is taken for an addressee: a sentence, and the state it is shown as."""

    state: str
    sentence: str
    is_for_a_person: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One addressee. `cells`: a state for each demand; `waiting` stands in their place if a person has to act.

    `next`: what the clock does next.
    """

    key: str
    name: str
    status: str
    ended_at: datetime | None
    last_word: tuple[str, datetime] | None
    letter: str
    cells: tuple[str, ...]
    waiting: Waiting | None
    share: str
    next: Next | None = None

    @property
    def is_stopped(self) -> bool:
        return bool(self.waiting and self.waiting.is_for_a_person) and set(self.cells) == {"silent"}


def rows(scene: Scene) -> list[Row]:
    letters = letter_states(scene.appeals)
    return [_row(scene, appeal, letters.get(appeal.pk, "planned")) for appeal in scene.appeals]


def tally(rows: Iterable[Row]) -> list[tuple[int, str]]:
    """How many addressees are where; each is counted once."""
    shares = [row.share for row in rows]
    return [(n, share) for share in SHARES if (n := shares.count(share)) or share == "silent"]


SHARES = (
    "silent", "acted", "done in part", "with a commitment", "refused", "deflected", "unread", "not reached", "on hold",
)  # fmt: skip


def letter_states(appeals: Iterable[Appeal]) -> dict[uuid.UUID, str]:
    """How far the newest message to each addressee came, over whichever channel came closest."""
    letters = Delivery.objects.filter(appeal__in=list(appeals), audience=ADDRESSEES, channel__in=DIRECT)
    letters = letters.exclude(state__in=NEVER_SENT, wave__reminder__gt=0).order_by("wave__at", "wave_id")
    newest: dict[uuid.UUID, tuple[uuid.UUID, list[str]]] = {}
    for appeal, wave, state in letters.values_list("appeal", "wave", "state"):
        if appeal not in newest or newest[appeal][0] != wave:
            newest[appeal] = (wave, [])
        newest[appeal][1].append(state)
    return {appeal: _closest(states) for appeal, (_, states) in newest.items()}


def waiting_of(scene: Scene, appeal: Appeal) -> Waiting | None:
    """What the clock has noted, or what will stop it when the time comes."""
    if appeal.status not in Appeal.ALIVE or scene.campaign.published_at is None:
        return None
    noted = [Reason(p.code, p.sentence, p.until) for p in scene.pauses.get(appeal.pk, [])]
    why = noted or list(_for_a_person(scene, scene.positions[appeal.pk]))
    if not why:
        return None
    first = min(why, key=lambda reason: (reason.until is not None, list(LOOKS).index(reason.code)
                if reason.code in LOOKS else len(LOOKS)))  # fmt: skip
    return Waiting(LOOKS.get(first.code, "waiting"), sentence(first.sentence), is_for_a_person=first.until is None)


def _for_a_person(scene: Scene, position: Position) -> Iterable[Reason]:
    general = tuple(stop for stop in position.stops if stop.rung is None and stop.channel is None)
    last = position.last_message
    for reason in reasons(BEFORE_A_STEP, scene.rules, position, scene.now):
        is_trouble = reason.code != "unproven" or (last is not None and bool(last.trouble))
        if is_trouble and reason.code != "committed" and (reason.code != "held" or general):
            yield reason


def _row(scene: Scene, appeal: Appeal, letter: str) -> Row:
    standing, answer = scene.standings[appeal.pk], scene.last_words.get(appeal.pk)
    outcomes = [standing.outcome(demand) for demand in scene.demands]
    cells = tuple(str(outcome.kind) if outcome else "silent" for outcome in outcomes)
    waiting = waiting_of(scene, appeal)
    return Row(
        key=appeal.addressee.key,
        name=appeal.addressee.name,
        status=appeal.status,
        ended_at=appeal.ended_at,
        last_word=(answer.kind, answer.received_at) if answer else None,
        letter=letter,
        cells=cells,
        waiting=waiting,
        share=_share(appeal, cells, waiting),
        next=next_of(scene, appeal),
    )


def _share(appeal: Appeal, cells: tuple[str, ...], waiting: Waiting | None) -> str:
    if appeal.status == Appeal.Status.ACTED:
        return "acted"
    if waiting and waiting.is_for_a_person:
        return {"unread": "unread", "noproof": "not reached"}.get(waiting.state, "on hold")
    for kinds, share in (
        ((Outcome.Kind.COMMITTED,), "with a commitment"),
        (Outcome.CLOSING, "done in part"),
        ((Outcome.Kind.REFUSED,), "refused"),
        ((Outcome.Kind.DEFLECTED,), "deflected"),
    ):
        if set(cells) & set(kinds):
            return share
    return "silent"


def _closest(states: list[str]) -> str:
    return next((state.value for state in CLOSEST_FIRST if state in states), states[0])
