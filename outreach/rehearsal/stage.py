"""The whole campaign on a virtual clock: the same plan, guards, waves and wordings, with a ledger kept in memory.

It jumps from one instant at which something can happen to the next, writes nothing and touches no wire.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter

from campaigns.deadline import SECOND
from campaigns.edition import Edition
from campaigns.ladder import SUPPORTERS
from campaigns.messages import Message, Wave, messages, waves
from campaigns.occasions import Setting, occasion_of, planned_deadline
from campaigns.plan import Begin, Exhaust, Move, Remind, StartClock, Wait, decide, lapsed, next_instant
from campaigns.position import LastMessage
from channels.channel import CHANNELS
from outreach.preview import base_of, invented_supporter
from outreach.rehearsal.case import Case
from outreach.rehearsal.post import Posted, can_reach, post, silent, waits_until
from outreach.rehearsal.record import Entry, Rehearsal
from outreach.rehearsal.scenario import SILENCE, Answer, Scenario

MOST_INSTANTS = 100_000  # a ladder always moves on; this many instants mean that one does not


class Endless(RuntimeError):
    """A rehearsal that does not come to an end; a defect of the engine, not of the campaign."""


def rehearse(edition: Edition, scenario: Scenario = SILENCE) -> Rehearsal:
    """Run the campaign from its publication until nothing more can happen."""
    return Stage(edition, scenario, [Case.new(edition, key) for key in edition.asked]).run()


class Stage:
    """One rehearsal under way. `cases` may stand anywhere on the ladder: the forecast starts from the present."""

    def __init__(
        self, edition: Edition, scenario: Scenario, cases: Sequence[Case], start: datetime | None = None
    ) -> None:
        self.edition = edition
        self.scenario = scenario
        self.cases = {case.key: case for case in cases}
        self.start = start or edition.rules.published_at
        self.entries: list[Entry] = []
        self.expected: list[tuple[datetime, Answer]] = [
            (at, answer) for answer in scenario.answers if (at := answer.planned_at(edition.rules.published_at))
        ]
        self.posted: list[Posted] = []
        self.first_letter_at: datetime | None = None

    def run(self) -> Rehearsal:
        began = perf_counter()
        now: datetime | None = self.start
        for _ in range(MOST_INSTANTS):
            if now is None:
                break
            self._hear(now)
            self._leave(now)
            self._pass(now)
            now = self._next(now)
        else:
            raise Endless(f"“{self.edition.slug}” did not come to an end after {MOST_INSTANTS:,} instants")
        return Rehearsal(
            edition=self.edition,
            scenario=self.scenario,
            start=self.start,
            cases=tuple(self.cases.values()),
            entries=tuple(self.entries),
            wall_seconds=perf_counter() - began,
        )

    def _pass(self, now: datetime) -> None:
        rules = self.edition.rules
        alive = [case for case in self.cases.values() if case.is_alive]
        moves = [move for case in alive if (move := decide(rules, case.position, now))]
        for move in moves:
            self._lapse(move, now)
            self._apply(move, now)
        waiting = {str(move.appeal) for move in moves if isinstance(move, Wait)}
        for case in alive:
            if case.key not in waiting:
                case.waits = None
        for wave in waves(moves):
            self._send(wave, now)

    def _lapse(self, move: Move, now: datetime) -> None:
        case = self.cases[str(move.appeal)]
        for reminder in lapsed(self.edition.rules, case.position, move):
            case.position = replace(case.position, reminded=case.position.reminded | {reminder})
            self._note(now, "lapsed", case, reminder=reminder, detail="its time came while something stood in the way")

    def _apply(self, move: Move, now: datetime) -> None:
        case = self.cases[str(move.appeal)]
        match move:
            case Begin():
                self._begin(case, move, now)
            case Remind():
                case.position = replace(case.position, reminded=case.position.reminded | {move.reminder})
                self._note(now, "reminder", case, due_at=case.position.due_at)
            case StartClock():
                case.position = replace(case.position, due_at=move.due_at)
                self._note(now, "clock", case, due_at=move.due_at)
            case Exhaust():
                case.status = "exhausted"
                self._note(now, "exhausted", case, missed_at=move.missed_at)
            case Wait():
                self._wait(case, move, now)

    def _begin(self, case: Case, move: Begin, now: datetime) -> None:
        case.status = "waiting"
        case.position = replace(
            case.position, rung=move.rung, begun_at=move.begun_at, due_at=move.due_at, reminded=frozenset()
        )
        kind = "opening" if move.missed_at is None else "escalation"
        self._note(now, kind, case, due_at=move.due_at, missed_at=move.missed_at)

    def _wait(self, case: Case, move: Wait, now: datetime) -> None:
        if case.waits is None or case.waits.reasons != move.reasons:
            for reason in move.reasons:
                self._note(now, "wait", case, detail=reason.sentence, until=reason.until)
        case.waits = move

    def _send(self, wave: Wave, now: datetime) -> None:
        rung = self.edition.rules.ladder.rung(wave.rung)
        addressees: dict[Hashable, Hashable] = {key: key for key in self.cases}
        for message in messages(wave, rung, addressees, self.edition.members):
            if can_reach(self.edition, message):
                self._post(message, wave, now)

    def _post(self, message: Message, wave: Wave, now: datetime) -> None:
        """Send what may leave at once, and keep what has to wait for its hours or its turn."""
        dues = [self.cases[str(appeal)].position.due_at for appeal in message.appeals]
        deadline = min((due_at for due_at in dues if due_at), default=None)
        for each in post(self.edition, message, wave, now, deadline, self.scenario.supporters):
            if each.due_at <= now:
                self._deliver(each, now)
            else:
                self._keep(each, now)

    def _keep(self, each: Posted, now: datetime) -> None:
        case = self.cases.get(each.own_letter_to)
        if case is not None:
            others = (other.before for other in self.posted if other.is_beside(each))
            each = replace(each, before=next(others, case.position.last_message))
            case.position = replace(case.position, last_message=LastMessage(now))
        self.posted.append(each)

    def _leave(self, now: datetime) -> None:
        """What has been waiting has its turn: it leaves, or has to wait on, or has come too late or lost its reason."""
        due = sorted((each for each in self.posted if each.due_at <= now), key=lambda each: each.due_at)
        self.posted = [each for each in self.posted if each.due_at > now]
        for each in due:
            if each.expires_at and each.expires_at < now:
                self._expire(each, now)
            elif not silent(self.cases, each.message):
                self._note_message(now, "cancelled", each, detail="no demand it speaks of is open any more")
            elif (later := waits_until(self.edition, self.cases, each, now)) is None:
                self._deliver(each, now)
            elif later > now:
                self.posted.append(replace(each, due_at=later, until=max(later, each.until)))

    def _expire(self, each: Posted, now: datetime) -> None:
        self._note_message(now, "lapsed", each, detail="it would have come too late")
        case = self.cases.get(each.own_letter_to)
        if case is None:
            return
        begun_at = case.position.begun_at or now
        before = each.before or LastMessage(begun_at, proven_at=begun_at)
        late = LastMessage(now, trouble="could not be sent in time")
        case.position = replace(case.position, last_message=before if each.wave.reminder else late)

    def _deliver(self, each: Posted, now: datetime) -> None:
        message, wave = each.message, each.wave
        recipient = str(message.recipient) if message.recipient else None
        is_direct = not CHANNELS[message.channel].is_public
        choice = self.edition.language_of_message(
            message.audience, recipient if is_direct else None, message.wording, message.channel
        )
        setting = self._setting(each)
        supporter = invented_supporter() if message.audience == SUPPORTERS else None
        occasion = occasion_of(self.edition, setting, choice.language, base_of(self.edition), recipient, supporter)
        rendered = self.edition.write(message.wording, message.channel, occasion)
        bounce = self._bounce(message, wave, recipient) if is_direct else ""
        self._note_message(
            now,
            "send",
            each,
            language=choice.language,
            fallback=choice.fallback,
            subject=rendered.subject or rendered.text,
            state="bounced" if bounce else "delivered",
            detail=bounce or each.reason,
            until=each.until if each.until > now else None,
        )
        if each.own_letter_to in self.cases:
            self._reached(self.cases[each.own_letter_to], wave, now, bounce)

    def _reached(self, case: Case, wave: Wave, now: datetime, bounce: str) -> None:
        trouble = "came back" if bounce else ""
        case.position = replace(
            case.position, last_message=LastMessage(now, proven_at=None if bounce else now, trouble=trouble)
        )
        self.first_letter_at = self.first_letter_at or now
        step = self.edition.rules.ladder.rung(wave.rung).key
        for answer in self.scenario.answers:
            if answer.addressee == case.key and answer.on == step and not answer.bounce and not wave.reminder:
                self.expected.append((now + SECOND, answer))

    def _setting(self, each: Posted) -> Setting:
        still = silent(self.cases, each.message)
        return Setting(
            rung=each.wave.rung,
            silent=tuple(case.key for case in still),
            open_demands={key for case in still for key in case.open_demands(self.edition)},
            due_at=each.answer_by,
            deadline=planned_deadline(self.edition),
            first_letter_at=self.first_letter_at,
        )

    def _bounce(self, message: Message, wave: Wave, recipient: str | None) -> str:
        step = self.edition.rules.ladder.rung(wave.rung).key
        return next((a.bounce for a in self.scenario.answers if a.addressee == recipient and a.on == step), "")

    def _hear(self, now: datetime) -> None:
        """Take in what the scenario says has come by now, and what has been read by now."""
        due = sorted((each for each in self.expected if each[0] <= now), key=lambda each: each[0])
        self.expected = [each for each in self.expected if each[0] > now]
        for at, answer in due:
            self._answered(self.cases[answer.addressee], answer, at)
        for case in self.cases.values():
            for read_at, answer in case.read(now):
                self._outcomes(case, answer, read_at)

    def _answered(self, case: Case, answer: Answer, at: datetime) -> None:
        case.receive(answer, at)
        self._note(at, "response", case, detail=answer.kind)

    def _outcomes(self, case: Case, answer: Answer, now: datetime) -> None:
        for demand, kind, until in answer.outcomes_for(self.edition.demands):
            case.record(demand, kind, until, self.edition.rules.zone)
            self._note(now, "outcome", case, detail=f"{demand}: {kind}" + (f" until {until}" if until else ""))
            self._judge(case, now)

    def _judge(self, case: Case, now: datetime) -> None:
        """Whether what is recorded by now closes the appeal, or opens it again."""
        is_satisfied = self.edition.is_satisfied_by(case.closed())
        if is_satisfied and case.status != "acted":
            late = "late action is still action" if case.status == "exhausted" else ""
            case.status = "acted"
            self._note(now, "acted", case, detail=late)
        elif not is_satisfied and case.status == "acted":
            case.status = "waiting" if case.position.rung else "planned"
            self._note(now, "reopened", case, detail="a correction opened a demand again")

    def _next(self, now: datetime) -> datetime | None:
        """The next instant at which something can happen; None at the end."""
        return min((at for at in self._instants(now) if at > now), default=None)

    def _instants(self, now: datetime) -> Iterator[datetime]:
        yield from (at for at, _ in self.expected)
        yield from (each.due_at for each in self.posted)
        for case in self.cases.values():
            yield from (read_at for read_at, _ in case.unread)
            if not case.is_alive:
                continue
            if case.waits is None:
                yield from self._next_look(case, now)
            else:
                yield from (at for at in (case.waits.until, _end_of(case)) if at)

    def _next_look(self, case: Case, now: datetime) -> Iterator[datetime]:
        """What is due already, such as a reminder older than its step, has its turn in the clock's next pass."""
        if at := next_instant(self.edition.rules, case.position):
            yield max(at, now + SECOND)

    def _note_message(self, at: datetime, kind: str, each: Posted, **said: object) -> None:
        message = each.message
        self.entries.append(
            Entry(
                at=at,
                kind=kind,
                step=self.edition.rules.ladder.rung(each.wave.rung).key,
                reminder=each.wave.reminder,
                addressee=str(message.recipient) if message.recipient else None,
                audience=message.audience,
                channel=message.channel,
                concerns=tuple(str(appeal) for appeal in message.appeals),
                count=each.count,
                **said,  # type: ignore[arg-type]
            )
        )

    def _note(self, at: datetime, kind: str, case: Case, **said: object) -> None:
        rung = case.position.rung
        step = self.edition.rules.ladder.rung(rung).key if rung else ""
        self.entries.append(Entry(at=at, kind=kind, step=step, addressee=case.key, **said))  # type: ignore[arg-type]


def _end_of(case: Case) -> datetime | None:
    """When the time of a case's step is over; what waits then may be something else."""
    return case.position.due_at + SECOND if case.position.due_at else None
