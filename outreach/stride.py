"""Some appeals of a campaign, looked at together in a pass: what each needs, and how that is done."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.moves import Begin, Exhaust, Move, Remind, StartClock, Wait
from campaigns.plan import decide, next_instant
from campaigns.position import Position
from campaigns.reminders import lapsed
from campaigns.step import Step
from campaigns.wave import Skip, Turn, Wave
from outreach.one_pass import Pass
from outreach.standing import positions
from outreach.waves import Waves

LookAt = dict[uuid.UUID, datetime | None]


class Stride:
    """`appeals`: locked, by their ids. `moves`: what they need at `now`, those that must wait included."""

    def __init__(self, campaign: Campaign, appeals: Mapping[uuid.UUID, Appeal], now: datetime) -> None:
        self._appeals, self._now = appeals, now
        self._rules = campaign.rules()
        self._steps = {step.number: step for step in campaign.steps.all()}
        self._seen = {_id(each.appeal): each for each in positions(campaign, appeals.values(), now)}
        self.moves: list[Move] = [move for each in self._seen.values() if (move := decide(self._rules, each, now))]

    def go(self, waves: Waves) -> Pass:
        """Do it: begin steps, send reminders, end what is exhausted, and note when to look at each again."""
        for (number, reminder), late in _by_reminder(self._lapsed()).items():
            self._remind(waves.of(self._steps[number], reminder, has_lapsed=True), late, waves, has_lapsed=True)
        begun = sum(
            self._begin(self._steps[number], begins, waves)
            for number, begins in _by_step(move for move in self.moves if isinstance(move, Begin)).items()
        )
        reminded = 0
        for (number, reminder), reminds in _by_reminder(m for m in self.moves if isinstance(m, Remind)).items():
            self._remind(waves.of(self._steps[number], reminder), reminds, waves)
            reminded += len(reminds)
        exhausted = Appeal.objects.exhaust([move for move in self.moves if isinstance(move, Exhaust)])
        self._note_skips()
        self._start_clocks()
        Appeal.objects.look_again(self._unmoved())
        return Pass(begun, reminded, exhausted, sum(isinstance(move, Wait) for move in self.moves))

    def _begin(self, step: Step, begins: Sequence[Begin], waves: Waves) -> int:
        look_at: LookAt = {_id(move.appeal): self._next_after(move) for move in begins}
        moved = set(Appeal.objects.begin(step, begins, look_at))
        begins = [move for move in begins if move.appeal in moved]
        if begins:
            wave = waves.of(step)
            Turn.objects.bulk_create(_opened(wave, move, self._now) for move in begins)
            waves.write(wave, [self._as_moved(move) for move in begins])
        return len(begins)

    def _remind(self, wave: Wave, reminds: Sequence[Remind], waves: Waves, *, has_lapsed: bool = False) -> None:
        appeals = [self._appeals[_id(move.appeal)] for move in reminds]
        Turn.objects.bulk_create(_reminded(wave, appeal, self._now) for appeal in appeals)
        waves.write(wave, appeals, has_lapsed=has_lapsed)

    def _lapsed(self) -> Iterable[Remind]:
        for move in self.moves:
            position = self._position(move)
            for reminder in lapsed(self._rules, position, move):
                yield Remind(move.appeal, position.rung, reminder)

    def _note_skips(self) -> None:
        """What was left out on the way, once for each appeal."""
        Skip.objects.bulk_create(
            (
                Skip(appeal_id=_id(move.appeal), step=self._steps[each.rung], sentence=each.why, at=self._now)
                for move in self.moves
                if isinstance(move, Begin | Exhaust)
                for each in move.skipped
            ),
            ignore_conflicts=True,
        )

    def _start_clocks(self) -> None:
        starts = [move for move in self.moves if isinstance(move, StartClock)]
        started = {_id(move.appeal): replace(self._position(move), due_at=move.due_at) for move in starts}
        look_at: LookAt = {appeal: next_instant(self._rules, after, self._now) for appeal, after in started.items()}
        Appeal.objects.start_clocks(starts, look_at)

    def _unmoved(self) -> LookAt:
        """When to look again at those whose step did not change."""
        moved = {move.appeal for move in self.moves if isinstance(move, Begin | StartClock | Exhaust)}
        reminded = {move.appeal: move.reminder for move in self.moves if isinstance(move, Remind)}
        return {
            appeal: next_instant(self._rules, _after_reminder(position, reminded.get(appeal)), self._now)
            for appeal, position in self._seen.items()
            if appeal not in moved
        }

    def _position(self, move: Move) -> Position:
        return self._seen[_id(move.appeal)]

    def _next_after(self, move: Begin) -> datetime | None:
        after = self._position(move).at_step(move.rung, move.begun_at, move.due_at)
        return next_instant(self._rules, after, self._now)

    def _as_moved(self, move: Begin) -> Appeal:
        appeal = self._appeals[_id(move.appeal)]
        appeal.due_at = move.due_at
        return appeal


def _opened(wave: Wave, move: Begin, now: datetime) -> Turn:
    return Turn(
        appeal_id=_id(move.appeal),
        wave=wave,
        step=wave.of_step,
        kind=move.kind,
        at=now,
        due_at=move.due_at,
        missed_at=move.missed_at,
    )


def _reminded(wave: Wave, appeal: Appeal, now: datetime) -> Turn:
    return Turn(
        appeal=appeal,
        wave=wave,
        step=wave.of_step,
        reminder=wave.reminder,
        kind=Turn.Kind.FOLLOW_UP,
        at=now,
        due_at=appeal.due_at,
    )


def _after_reminder(position: Position, reminder: int | None) -> Position:
    return position if reminder is None else replace(position, reminded=position.reminded | {reminder})


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
