"""The clock: compares what is due with what is recorded. A missed, late, doubled or concurrent pass changes nothing."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from itertools import islice

import structlog
from django.db import OperationalError, transaction

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import Hold, standstill
from campaigns.moves import Begin, Exhaust, Move, Remind, StartClock, Wait
from campaigns.plan import decide, next_instant
from campaigns.position import Position, Rules
from campaigns.reminders import lapsed
from campaigns.step import Step
from campaigns.wave import Skip, Turn, Wave
from outreach.again import fall_back
from outreach.pauses import Pauses
from outreach.standing import positions
from outreach.wake import wake
from outreach.waves import Waves

log = structlog.get_logger(__name__)
BATCH = 1000
"""Appeals that are looked at together."""
LookAt = dict[uuid.UUID, datetime | None]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass over a campaign did: numbers of appeals."""

    begun: int = 0
    reminded: int = 0
    exhausted: int = 0
    waiting: int = 0

    def __add__(self, other: "Pass") -> "Pass":
        return Pass(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def is_idle(self) -> bool:
        return not (self.begun or self.reminded or self.exhausted)


def tick_all(now: datetime) -> dict[str, Pass]:
    """One pass over every running campaign, by slug; over none while everything is on hold.

    Each campaign is a transaction of its own.
    """
    Hold.objects.end_what_is_over(now)
    if standstill(now):
        return {}
    running = Campaign.objects.running().order_by("slug")
    return {campaign.slug: done for campaign in running if (done := _tick_alone(campaign, now))}


def _tick_alone(campaign: Campaign, now: datetime) -> Pass | None:
    """None for a campaign that fails: it keeps its own clock from going, and no other's. The board says so."""
    try:
        done = tick(campaign, now)
    except OperationalError:
        raise
    except Exception as problem:
        log.exception("the pass over a campaign failed", campaign=campaign.slug)
        campaign.note_failure(problem, now)
        return None
    campaign.note_recovery()
    return done


@transaction.atomic
def tick(campaign: Campaign, now: datetime) -> Pass:
    """Do what is due for one campaign at `now` (UTC). Nothing, if another pass is at it or it is not running."""
    if not campaign.try_lock() or not Campaign.objects.running().filter(pk=campaign.pk).exists():
        return Pass()
    fall_back(campaign, now)
    wake(campaign, now)
    waves, pauses, done = Waves(campaign, now), Pauses(campaign, now), Pass()
    for appeals in _to_look_at(campaign, now):
        done += _move_on(campaign, appeals, waves, pauses, now)
    waves.finish()
    pauses.end_others()
    campaign.close_if_done(now)
    return done


def _move_on(campaign: Campaign, appeals: dict[uuid.UUID, Appeal], waves: Waves, pauses: Pauses, now: datetime) -> Pass:
    """Do what these appeals need, and note which of them must wait."""
    rules = campaign.rules()
    seen = positions(campaign, appeals.values(), now)
    moves = [move for position in seen if (move := decide(rules, position, now))]
    pauses.note(appeals, [move for move in moves if isinstance(move, Wait)])
    return _carry_out(campaign, rules, seen, moves, appeals, waves, now)


def _to_look_at(campaign: Campaign, now: datetime) -> Iterator[dict[uuid.UUID, Appeal]]:
    """Some at a time, so that a pass over many needs no more memory than one over few.

    Locked, so that an outcome or an answer recorded at this moment is either seen or comes after.
    """
    due = campaign.appeals.to_look_at(now).select_related("addressee").select_for_update(of=("self",))
    rows = due.order_by("addressee__name", "pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        steps = {step.pk: step for step in campaign.steps.all()}
        for appeal in batch:
            appeal.campaign = campaign
            appeal.step = steps[appeal.step_id] if appeal.step_id else None
        yield {appeal.pk: appeal for appeal in batch}


def _carry_out(
    campaign: Campaign,
    rules: Rules,
    seen: Sequence[Position],
    moves: Sequence[Move],
    appeals: dict[uuid.UUID, Appeal],
    waves: Waves,
    now: datetime,
) -> Pass:
    steps = {step.number: step for step in campaign.steps.all()}
    by_appeal = {position.appeal: position for position in seen}
    begun = reminded = 0
    for (number, reminder), late in _by_reminder(_lapsed(rules, moves, by_appeal)).items():
        wave = waves.of(steps[number], reminder, has_lapsed=True)
        _remind(waves, wave, [appeals[_id(m.appeal)] for m in late], now, has_lapsed=True)
    for number, begins in _by_step(move for move in moves if isinstance(move, Begin)).items():
        begun += _begin(rules, steps[number], begins, by_appeal, appeals, waves, now)
    for (number, reminder), reminds in _by_reminder(move for move in moves if isinstance(move, Remind)).items():
        wave = waves.of(steps[number], reminder)
        reminded += _remind(waves, wave, [appeals[_id(m.appeal)] for m in reminds], now)
    exhausted = Appeal.objects.exhaust([move for move in moves if isinstance(move, Exhaust)])
    _note_skips(moves, steps, now)
    _start_clocks(rules, [move for move in moves if isinstance(move, StartClock)], by_appeal, now)
    Appeal.objects.look_again(_unmoved(rules, seen, moves, now))
    return Pass(begun, reminded, exhausted, sum(isinstance(move, Wait) for move in moves))


def _begin(
    rules: Rules,
    step: Step,
    begins: Sequence[Begin],
    seen: dict[object, Position],
    appeals: dict[uuid.UUID, Appeal],
    waves: Waves,
    now: datetime,
) -> int:
    look_at: LookAt = {_id(m.appeal): next_instant(rules, _after(m, seen[m.appeal]), now) for m in begins}
    moved = set(Appeal.objects.begin(step, begins, look_at))
    begins = [move for move in begins if move.appeal in moved]
    if begins:
        wave = waves.of(step)
        Turn.objects.bulk_create(_turn(wave, move, now) for move in begins)
        waves.write(wave, _as_moved(begins, appeals))
    return len(begins)


def _note_skips(moves: Iterable[Move], steps: dict[int, Step], now: datetime) -> None:
    """What was left out on the way, once for each appeal."""
    Skip.objects.bulk_create(
        (
            Skip(appeal_id=_id(move.appeal), step=steps[each.rung], sentence=each.why, at=now)
            for move in moves
            if isinstance(move, Begin | Exhaust)
            for each in move.skipped
        ),
        ignore_conflicts=True,
    )


def _turn(wave: Wave, move: Begin, now: datetime) -> Turn:
    return Turn(
        appeal_id=_id(move.appeal),
        wave=wave,
        step=wave.of_step,
        kind=move.kind,
        at=now,
        due_at=move.due_at,
        missed_at=move.missed_at,
    )


def _lapsed(rules: Rules, moves: Iterable[Move], seen: dict[object, Position]) -> Iterable[Remind]:
    for move in moves:
        for reminder in lapsed(rules, seen[move.appeal], move):
            yield Remind(move.appeal, seen[move.appeal].rung, reminder)


def _remind(waves: Waves, wave: Wave, appeals: Sequence[Appeal], now: datetime, *, has_lapsed: bool = False) -> int:
    Turn.objects.bulk_create(
        Turn(
            appeal=appeal,
            wave=wave,
            step=wave.of_step,
            reminder=wave.reminder,
            kind=Turn.Kind.FOLLOW_UP,
            at=now,
            due_at=appeal.due_at,
        )
        for appeal in appeals
    )
    waves.write(wave, appeals, has_lapsed=has_lapsed)
    return len(appeals)


def _start_clocks(rules: Rules, moves: Sequence[StartClock], seen: dict[object, Position], now: datetime) -> None:
    started = {move: replace(seen[move.appeal], due_at=move.due_at) for move in moves}
    look_at: LookAt = {_id(m.appeal): next_instant(rules, after, now) for m, after in started.items()}
    Appeal.objects.start_clocks(moves, look_at)


def _unmoved(rules: Rules, seen: Sequence[Position], moves: Sequence[Move], now: datetime) -> LookAt:
    """When to look again at those whose step did not change."""
    moved = {move.appeal for move in moves if isinstance(move, Begin | StartClock | Exhaust)}
    reminded = {move.appeal: move.reminder for move in moves if isinstance(move, Remind)}
    return {
        _id(position.appeal): next_instant(rules, _after_reminder(position, reminded.get(position.appeal)), now)
        for position in seen
        if position.appeal not in moved
    }


def _after(move: Begin, position: Position) -> Position:
    return position.at_step(move.rung, move.begun_at, move.due_at)


def _after_reminder(position: Position, reminder: int | None) -> Position:
    return position if reminder is None else replace(position, reminded=position.reminded | {reminder})


def _as_moved(begins: Iterable[Begin], appeals: dict[uuid.UUID, Appeal]) -> list[Appeal]:
    moved = []
    for move in begins:
        appeal = appeals[_id(move.appeal)]
        appeal.due_at = move.due_at
        moved.append(appeal)
    return moved


def _by_step(moves: Iterable[Begin]) -> dict[int, list[Begin]]:
    found: dict[int, list[Begin]] = {}
    for move in moves:
        found.setdefault(move.rung, []).append(move)
    return found


def _by_reminder(moves: Iterable[Remind]) -> dict[tuple[int, int], list[Remind]]:
    found: dict[tuple[int, int], list[Remind]] = {}
    for move in moves:
        found.setdefault((move.rung, move.reminder), []).append(move)
    return found


def _id(appeal: object) -> uuid.UUID:
    assert isinstance(appeal, uuid.UUID)
    return appeal
