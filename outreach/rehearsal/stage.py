"""The whole campaign on a virtual clock: the same plan, guards, waves and wordings, with a ledger kept in memory.

It goes from one thing that happens to the next, and looks only at the appeals to which it happens; it writes nothing
and touches no wire.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from time import perf_counter

from campaigns.deadline import SECOND
from campaigns.edition import Edition
from campaigns.messages import waves
from campaigns.moves import Begin, Exhaust, Move, Remind, StartClock, Wait
from campaigns.plan import decide, next_instant
from campaigns.reminders import lapsed, later_reminders
from outreach.rehearsal.agenda import What
from outreach.rehearsal.case import Case
from outreach.rehearsal.hearing import Hearing
from outreach.rehearsal.holding import Holding
from outreach.rehearsal.mail import Mail
from outreach.rehearsal.post import Posted
from outreach.rehearsal.record import Entry, Rehearsal
from outreach.rehearsal.scenario import SILENCE, Answer, Approval, Halt, Scenario, Signed
from outreach.rehearsal.world import World

MOST_LOOKS = 10_000  # at one appeal; a ladder always moves on, so that this many mean that one does not


class Endless(RuntimeError):
    """A rehearsal that does not come to an end; a defect of the engine, not of the campaign."""


def rehearse(edition: Edition, scenario: Scenario = SILENCE) -> Rehearsal:
    """Run the campaign from its publication until nothing more can happen."""
    return Stage(edition, scenario, [Case.new(edition, key, scenario.supporters) for key in edition.asked]).run()


class Stage:
    """One rehearsal under way. `cases` may stand anywhere on the ladder: the forecast starts from the present.

    `posted`: what was written before and has not left; `first_letter_at`: when the first letter did.
    """

    def __init__(
        self,
        edition: Edition,
        scenario: Scenario,
        cases: Iterable[Case],
        start: datetime | None = None,
        posted: Iterable[Posted] = (),
        first_letter_at: datetime | None = None,
    ) -> None:
        self.start = start or edition.rules.published_at
        self.world = World(edition, scenario, cases)
        self.hearing = Hearing(self.world)
        self.holding = Holding(self.world)
        self.mail = Mail(self.world, posted, first_letter_at)
        self.order = {key: number for number, key in enumerate(self.world.cases)}
        self.looks = dict.fromkeys(self.order, 0)
        for signed in scenario.signatures:
            self.world.agenda.put(signed.at, What.SIGN, signed)
        for approval in scenario.approvals:
            if approval.at is not None:
                self.world.agenda.put(approval.at, What.APPROVE, approval)

    def run(self) -> Rehearsal:
        world, began = self.world, perf_counter()
        for outage in world.scenario.outages:
            what = f"the provider of {outage.channel} is out" if outage.channel else "the whole system is out"
            world.diary.note(outage.since, "outage", detail=what, until=outage.until)
        self._take_up(world.scenario.back_at(self.start), world.cases.values())
        while (at := world.agenda.next_at) is not None:
            self._take_up(world.scenario.back_at(max(at, self.start)))
        return Rehearsal(
            edition=world.edition,
            scenario=world.scenario,
            start=self.start,
            cases=tuple(world.cases.values()),
            entries=tuple(sorted(world.diary.entries, key=lambda entry: entry.at)),
            wall_seconds=perf_counter() - began,
        )

    def _take_up(self, now: datetime, also: Iterable[Case] = ()) -> None:
        """Let happen what has come by now; then one pass of the clock over those it may concern."""
        self.world.touched.update(case.key for case in also)
        for came_at, what, about in self.world.agenda.come(now):
            self._happen(came_at, what, about, now)
        cases, self.world.touched = self.world.touched, set()
        self._pass([self.world.cases[key] for key in sorted(cases, key=self.order.__getitem__)], now)
        for key in sorted(cases | self.world.touched, key=self.order.__getitem__):
            self._look_again(self.world.cases[key], now)
        self.world.touched = set()

    def _happen(self, came_at: datetime, what: What, about: object, now: datetime) -> None:
        match what, about:
            case What.LIFT, Halt():
                self.holding.lift(about, came_at, now)
            case What.HOLD, Halt():
                self.holding.place(about, now)
            case What.SIGN, Signed():
                self._sign(about, now)
            case What.APPROVE, Approval():
                self._approve(about, now)
            case What.HEAR, Answer():
                self.hearing.hear(about, came_at, now)
            case What.READ, Case():
                self.hearing.read(about, now)
            case What.LEAVE, Posted():
                self.mail.leave(about, now)
            case What.LOOK, Case():
                self.world.touched.add(about.key)

    def _sign(self, signed: Signed, now: datetime) -> None:
        self.world.diary.note(now, "signatures", detail=f"{signed.count:,} signatures", count=signed.count)
        for case in self.world.cases.values():
            case.position = replace(case.position, signatures=signed.count)
        self.world.touched.update(self.world.cases)

    def _approve(self, approval: Approval, now: datetime) -> None:
        self.world.diary.note(now, "approval", detail=f"step “{approval.step}” is approved")
        ladder = self.world.edition.rules.ladder
        others = {rung.key for rung in ladder} - {approval.step}
        for case in self.world.cases.values():
            case.approve(ladder, without=others)
        self.world.touched.update(self.world.cases)

    def _pass(self, cases: Iterable[Case], now: datetime) -> None:
        alive = [case for case in cases if case.is_alive]
        moves = [move for case in alive if (move := decide(self.world.edition.rules, case.position, now))]
        for move in moves:
            self._lapse(move, now)
            self._apply(move, now)
        waiting = {str(move.appeal) for move in moves if isinstance(move, Wait)}
        for case in alive:
            if case.key not in waiting:
                case.waits = None
        for wave in waves(moves):
            self.mail.send(wave, now)

    def _lapse(self, move: Move, now: datetime) -> None:
        case = self.world.cases[str(move.appeal)]
        for reminder in lapsed(self.world.edition.rules, case.position, move):
            case.position = replace(case.position, reminded=case.position.reminded | {reminder})
            detail = "its time came while something stood in the way"
            self.world.diary.note(now, "lapsed", case, reminder=reminder, detail=detail)

    def _apply(self, move: Move, now: datetime) -> None:
        case, diary = self.world.cases[str(move.appeal)], self.world.diary
        match move:
            case Begin():
                self._begin(case, move, now)
            case Remind():
                case.position = replace(case.position, reminded=case.position.reminded | {move.reminder})
                diary.note(now, "reminder", case, reminder=move.reminder, due_at=case.position.due_at)
            case StartClock():
                case.position = replace(case.position, due_at=move.due_at)
                diary.note(now, "clock", case, due_at=move.due_at)
            case Exhaust():
                self._skip(case, move, now)
                case.status = "exhausted"
                diary.note(now, "exhausted", case, missed_at=move.missed_at)
            case Wait():
                self._wait(case, move, now)

    def _begin(self, case: Case, move: Begin, now: datetime) -> None:
        self._skip(case, move, now)
        case.status = "waiting"
        case.position = case.position.at_step(move.rung, move.begun_at, move.due_at)
        self.world.diary.note(now, move.kind, case, due_at=move.due_at, missed_at=move.missed_at)

    def _skip(self, case: Case, move: Begin | Exhaust, now: datetime) -> None:
        for each in move.skipped:
            step = self.world.step_of(each.rung)
            self.world.diary.entries.append(Entry(now, "skipped", step, case.key, detail=each.why))

    def _wait(self, case: Case, move: Wait, now: datetime) -> None:
        if case.waits is None or case.waits.reasons != move.reasons:
            for reason in move.reasons:
                self.world.diary.note(now, "wait", case, detail=reason.sentence, until=reason.until)
        case.waits = move

    def _look_again(self, case: Case, now: datetime) -> None:
        """What is due already, such as a reminder older than its step, has its turn in the clock's next pass."""
        self.looks[case.key] += 1
        if self.looks[case.key] > MOST_LOOKS:
            raise Endless(f"“{case.key}” was looked at {MOST_LOOKS:,} times and its ladder did not end")
        for at in self._next_looks(case, now) if case.is_alive else ():
            self.world.agenda.put(at, What.LOOK, case)

    def _next_looks(self, case: Case, now: datetime) -> Iterator[datetime]:
        rules, waits = self.world.edition.rules, case.waits
        if waits is None:
            if at := next_instant(rules, case.position, now):
                yield max(at, now + SECOND)
            return
        ends = {reason.until for reason in waits.reasons if reason.until}
        step_ends = {case.position.due_at + SECOND} if case.position.due_at else set()
        reminders = later_reminders(rules, case.position, now)
        yield from sorted(at for at in {*ends, *step_ends, *reminders} if at > now)
