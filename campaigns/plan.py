"""What is due: pure decisions on plain values. The clock, the preview, the forecast and the rehearsal all ask here.

`now` and every instant are aware UTC datetimes. Deciding twice, late or in another order never starts a step twice:
a position says what has begun, and what has begun is never wanted again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from campaigns.condition import Stance
from campaigns.deadline import SECOND
from campaigns.guards import (
    ALWAYS,
    BEFORE_A_STEP,
    BEFORE_WRITING,
    Guard,
    not_approved,
    not_proven_delivered,
    reasons,
)
from campaigns.ladder import Onward, Rung
from campaigns.moves import Begin, Exhaust, Move, Remind, StartClock, Wait
from campaigns.position import Clock, Position, Rules
from campaigns.reminders import due_reminder, reminders_to_come

PUNCTUAL = timedelta(minutes=15)  # a pass no later than this does not move the public ladder


def decide(rules: Rules, position: Position, now: datetime) -> Move | None:
    """What this appeal needs at `now`; None when nothing is due."""
    wanted = wants(rules, position, now)
    if wanted is None:
        return _never_starts(rules, position, now)
    if isinstance(wanted, StartClock):
        return wanted
    position = as_concerns(rules, position, wanted)
    why_not = reasons(_guards(rules, position, wanted), _rules_for(rules, wanted), position, now)
    return Wait(position.appeal, wanted, why_not) if why_not else wanted


def wants(rules: Rules, position: Position, now: datetime) -> Begin | Remind | Exhaust | StartClock | None:
    """What would happen at `now` if nothing stood in the way."""
    if position.rung == 0:
        return _opening(rules, position, now)
    if at_once := _at_once(rules, position, now):
        return at_once
    if position.due_at is None:
        return _start_of_the_clock(rules, position, now)
    if now >= position.due_at + SECOND:
        return _next_step(rules, position, now)
    return due_reminder(rules, position, now)


def following(rules: Rules, position: Position, now: datetime) -> tuple[Rung | None, datetime | None]:
    """The step that comes next as things stand, None for the end; and when it would begin, None if only events tell."""
    if position.rung == 0:
        return rules.ladder.rung(1), rules.published_at
    onward = _onward(rules, position, now)
    if _at_once(rules, position, now):
        return onward.rung, now
    return onward.rung, position.due_at + SECOND if position.due_at else None


def as_concerns(rules: Rules, position: Position, wanted: Begin | Remind | Exhaust) -> Position:
    """The position without the holds on steps and channels that what is wanted does not use."""
    rung, channels = _what_it_uses(rules, wanted)
    return replace(position, stops=tuple(stop for stop in position.stops if stop.concerns(rung, channels)))


def next_instant(rules: Rules, position: Position, now: datetime) -> datetime | None:
    """The first instant at which this appeal, as it stands at `now`, could want something; None if only an event tells.

    Outcomes, signatures, letters that come back and proofs that one arrived: whoever records one wakes the appeal.
    """
    if position.rung == 0:
        return rules.published_at
    if _at_once(rules, position, now):
        return now
    return min(_instants(rules, position, now), default=None)


def _instants(rules: Rules, position: Position, now: datetime) -> Iterator[datetime]:
    until = position.committed_until
    if until is not None and until >= now and rules.ladder.watches(position.rung, Stance.BROKEN):
        yield until + SECOND
    if position.begun_at is not None and position.due_at is not None:
        yield position.due_at + SECOND
        yield from reminders_to_come(rules, position)
    elif start := _clock_starts_at(rules, position):
        yield start


def _opening(rules: Rules, position: Position, now: datetime) -> Begin | None:
    if now < rules.published_at:
        return None
    if rules.clock is Clock.DELIVERY:
        return Begin(position.appeal, 1, now, None)
    public = _deadline(rules, 1, rules.published_at, position)
    return Begin(position.appeal, 1, now, public if public >= now else _deadline(rules, 1, now, position))


def _start_of_the_clock(rules: Rules, position: Position, now: datetime) -> StartClock | None:
    start = _clock_starts_at(rules, position)
    if start is None or now < start:
        return None
    return StartClock(position.appeal, _deadline(rules, position.rung, start, position))


def _never_starts(rules: Rules, position: Position, now: datetime) -> Wait | None:
    """The time begins with delivery, and the letter did not arrive or could not be written: a person must help."""
    last = position.last_message
    if position.rung == 0 or position.due_at is not None or (last is not None and not last.trouble):
        return None
    start = StartClock(position.appeal, _deadline(rules, position.rung, now, position))
    why = reasons((not_proven_delivered,), rules, position, now)
    return Wait(position.appeal, start, why) if why else None


def _clock_starts_at(rules: Rules, position: Position) -> datetime | None:
    last = position.last_message
    if last is None or last.trouble:
        return None
    if last.proven_at is not None:
        return last.proven_at
    return last.accepted_at + rules.fairness.proof_after if last.accepted_at else None


def _next_step(rules: Rules, position: Position, now: datetime) -> Begin | Exhaust:
    assert position.due_at is not None
    onward = _onward(rules, position, now)
    if onward.rung is None:
        return Exhaust(position.appeal, position.due_at, onward.skipped)
    nominal = position.due_at + SECOND
    begun_at = nominal if now - nominal <= PUNCTUAL else now
    due_at = _deadline(rules, onward.rung.number, begun_at, position)
    return _begin(position, onward.rung, onward, begun_at, due_at, missed_at=position.due_at)


def _at_once(rules: Rules, position: Position, now: datetime) -> Begin | None:
    """The step that need not wait for the deadline, if its condition holds. It never shortens the time given."""
    if position.due_at is not None and now > position.due_at:
        return None
    onward = _onward(rules, position, now)
    if onward.rung is None or not onward.rung.at_once:
        return None
    due_at = _deadline(rules, onward.rung.number, now, position)
    return _begin(position, onward.rung, onward, now, max(due_at, position.due_at or due_at))


def _onward(rules: Rules, position: Position, now: datetime) -> Onward:
    return rules.ladder.onward(position.rung, position.standpoint(rules.ladder, now))


def _begin(
    position: Position,
    rung: Rung,
    onward: Onward,
    begun_at: datetime,
    due_at: datetime,
    missed_at: datetime | None = None,
) -> Begin:
    return Begin(
        position.appeal,
        rung.number,
        begun_at,
        due_at,
        missed_at,
        left=position.rung,
        was_due=position.due_at,
        skipped=onward.skipped,
        because=onward.because,
    )


def _deadline(rules: Rules, rung: int, begun_at: datetime, position: Position) -> datetime:
    return rules.ladder.rung(rung).patience.deadline(begun_at, rules.zone, position.place)


def _guards(rules: Rules, position: Position, wanted: Begin | Remind | Exhaust) -> tuple[Guard, ...]:
    if isinstance(wanted, Exhaust):
        return ALWAYS
    rung = rules.ladder.rung(wanted.rung)
    guards = BEFORE_WRITING if rung.writes_to_addressees(wanted.reminder) else BEFORE_A_STEP
    if isinstance(wanted, Remind):
        return guards
    if _is_for_the_unreachable(rules, position, wanted):
        guards = tuple(guard for guard in guards if guard is not not_proven_delivered)
    return (*guards, not_approved(rung)) if rung.approvers else guards


def _is_for_the_unreachable(rules: Rules, position: Position, wanted: Begin) -> bool:
    """Whether the step is the campaign's own answer to not reaching them: it need not wait until it has."""
    is_meant = Stance.UNREACHABLE in rules.ladder.rung(wanted.rung).condition.stances
    return (is_meant or wanted.because is Stance.UNREACHABLE) and position.is_unreachable(rules.ladder)


def _rules_for(rules: Rules, wanted: Begin | Remind | Exhaust) -> Rules:
    """The rules with the minimum gap of what is wanted."""
    own = None if isinstance(wanted, Exhaust) else rules.ladder.rung(wanted.rung).minimum_gap
    return rules if own is None else replace(rules, fairness=replace(rules.fairness, minimum_gap=own))


def _what_it_uses(rules: Rules, wanted: Begin | Remind | Exhaust) -> tuple[int, frozenset[str]]:
    if isinstance(wanted, Exhaust):
        return len(rules.ladder.rungs), frozenset()
    dispatches = rules.ladder.rung(wanted.rung).dispatches_of(wanted.reminder)
    return wanted.rung, frozenset(channel for dispatch in dispatches for channel in dispatch.channels)
