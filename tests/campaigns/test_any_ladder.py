"""Any ladder, any answers, any disturbed clock: each step begins once, never early, never past a guard, to an end.

The driver below keeps a ledger in memory and passes the plan as the clock does; what guards promise is judged anew.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import event, given, settings
from hypothesis import strategies as st

from campaigns.condition import Condition, Stance
from campaigns.deadline import Days, Ends, Patience
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Branch, Dispatch, Ladder, Reminder, Rung
from campaigns.moves import Begin, Exhaust, Remind, StartClock, Wait
from campaigns.place import Place
from campaigns.plan import decide
from campaigns.position import Clock, Fairness, LastMessage, Position, Rules, Stop
from campaigns.reminders import lapsed
from tests.small_ladder import DAY, FRIDAY, HOUR, NUDGE, SECOND

END = FRIDAY + 400 * DAY
DISPATCHES = st.sampled_from(
    [
        Dispatch(ADDRESSEES, ("email",), "letter"),
        Dispatch(ADDRESSEES, ("email", "x"), "notice"),
        Dispatch(ADDRESSEES, ("x",), "notice"),
        Dispatch(SUPPORTERS, ("email",), "call"),
        Dispatch(PUBLIC, ("x",), "press"),
        Dispatch("oversight", ("email",), "file"),
    ]
)
HOURS = st.integers(1, 24 * 40).map(lambda hours: hours * HOUR)
ZONES = st.sampled_from(["UTC", "Asia/Yerevan", "America/New_York", "Europe/Paris"]).map(ZoneInfo)


@st.composite
def ladders(draw) -> Ladder:
    rungs = []
    for number in range(1, draw(st.integers(2, 4)) + 1):
        days = draw(st.integers(1, 8))
        reminders = tuple(
            Reminder(n, NUDGE, **{side: hours * HOUR})
            for n, (side, hours) in enumerate(
                draw(st.lists(st.tuples(st.sampled_from(["before", "after"]), st.integers(1, 24 * days)), max_size=2)),
                1,
            )
        )
        dispatches = tuple(draw(st.lists(DISPATCHES, min_size=1, max_size=2)))
        if number == 1:
            dispatches = (Dispatch(ADDRESSEES, ("email",), "letter"),)
        patience = Patience(days * DAY, draw(st.sampled_from(Ends)), draw(st.sampled_from(Days)))
        rung = Rung(number, f"step{number}", patience, dispatches, reminders)
        rung = replace(rung, approvers=draw(st.sampled_from([0, 0, 1, 2])))
        rung = replace(rung, minimum_gap=draw(st.none() | st.integers(0, 48).map(lambda hours: hours * HOUR)))
        rungs.append(draw(conditional(rung)) if number > 1 else rung)
    below = [(*(rung.key for rung in rungs[number:]), "end") for number in range(1, len(rungs) + 1)]
    return Ladder(tuple(replace(each, branches=draw(branches(keys))) for each, keys in zip(rungs, below, strict=True)))


STANCES = st.frozensets(st.sampled_from(Stance), max_size=2)


def branches(keys: tuple[str, ...]) -> st.SearchStrategy[tuple[Branch, ...]]:
    listed = st.lists(st.builds(Branch, st.none() | st.sampled_from(Stance), st.sampled_from(keys)), max_size=2)
    return listed.map(tuple)


@st.composite
def conditional(draw, rung: Rung) -> Rung:
    condition = Condition(draw(STANCES), draw(st.sampled_from([0, 0, 10])))
    can_come_true = bool(condition.stances or condition.signatures) and Stance.SILENT not in condition.stances
    at_once = can_come_true and draw(st.booleans())
    return replace(rung, condition=condition, at_once=at_once)


RULES = st.builds(
    Rules,
    ladder=ladders(),
    zone=ZONES,
    published_at=st.just(FRIDAY),
    clock=st.sampled_from(Clock),
    fairness=st.builds(
        Fairness,
        minimum_gap=st.integers(0, 72).map(lambda hours: hours * HOUR),
        respects_weekends=st.booleans(),
        respects_holidays=st.booleans(),
        proof_after=st.integers(1, 96).map(lambda hours: hours * HOUR),
    ),
)
# What happens from outside: so many hours after publication, what, and for how many hours (0: for good).
NEWS = st.lists(
    st.tuples(
        HOURS,
        st.sampled_from(["unread", "committed", "refused", "held", "channel", "acted", "struck", "one yes", "no yes"]),
        st.integers(0, 200),
    ),
    max_size=6,
)
ANSWERS_OF_WIRES = st.sampled_from([*["proven", "accepted"] * 3, "came back", "out of reach", "silence"])
PASSES = st.lists(st.integers(0, 24 * 60 * 90).map(lambda minutes: FRIDAY + timedelta(minutes=minutes)), max_size=25)


@dataclass
class Driver:
    """One appeal, passed by the plan; `began` is every step and reminder with its moment."""

    rules: Rules
    place: Place
    news: list[tuple[timedelta, str, int]]
    wire: list[str]
    position: Position = field(init=False)
    status: str = "planned"
    began: list[tuple[int, int, datetime]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    moves: list[Begin] = field(default_factory=list)
    waits: Wait | None = None

    def __post_init__(self) -> None:
        self.position = Position("ann", self.place)

    def hear(self, now: datetime) -> None:
        """How things stand at `now`, whichever way the clock was turned."""
        running = [
            (what, FRIDAY + at, FRIDAY + at + (hours * HOUR if hours else END - FRIDAY))
            for at, what, hours in self.news
        ]
        here = {what: (begin, end) for what, begin, end in running if begin <= now < end}
        if any(what == "acted" and begin <= now for what, begin, _ in running) and self.status in (
            "planned",
            "waiting",
        ):
            self.status = "acted"
            self.ended.append("acted")
        stops = [Stop("Ann", "talks", here["held"][1])] if "held" in here else []
        stops += [Stop("x", "broken", here["channel"][1], channel="x")] if "channel" in here else []
        self.position = replace(
            self.position,
            unread_since=here["unread"][0] if "unread" in here else None,
            committed_until=self.committed_until(here, running, now),
            refused="refused" in here,
            signatures=9 if "struck" in here else 10,
            approvals=dict.fromkeys(range(1, 5), 0 if "no yes" in here else 1 if "one yes" in here else 2),
            stops=tuple(stops),
        )

    @staticmethod
    def committed_until(here, running, now: datetime) -> datetime | None:
        """Of the commitment that runs, or else of the last one that has passed."""
        if "committed" in here:
            return here["committed"][1] - SECOND
        past = [end - SECOND for what, _, end in running if what == "committed" and end <= now]
        return max(past, default=None)

    def pass_at(self, now: datetime) -> None:
        self.hear(now)
        if self.status not in ("planned", "waiting"):
            return
        move = decide(self.rules, self.position, now)
        self.waits = move if isinstance(move, Wait) else None
        if move is None or isinstance(move, Wait):
            return
        self.judge(move, now)
        for reminder in lapsed(self.rules, self.position, move):
            assert reminder not in self.position.reminded
            self.position = replace(self.position, reminded=self.position.reminded | {reminder})
        self.carry_out(move, now)

    def carry_out(self, move: Begin | Remind | Exhaust | StartClock, now: datetime) -> None:
        match move:
            case Begin():
                self.moves.append(move)
                self.status = "waiting"
                self.position = self.position.at_step(move.rung, move.begun_at, move.due_at)
                self.write(move.rung, 0, now)
            case Remind():
                self.position = replace(self.position, reminded=self.position.reminded | {move.reminder})
                self.write(move.rung, move.reminder, now)
            case StartClock():
                assert self.position.due_at is None
                self.position = replace(self.position, due_at=move.due_at)
            case Exhaust():
                self.status = "exhausted"
                self.ended.append("exhausted")

    def write(self, rung: int, reminder: int, now: datetime) -> None:
        self.began.append((rung, reminder, now))
        if not self.rules.ladder.rung(rung).writes_to_addressees(reminder):
            return
        said = self.wire[(len(self.began) - 1) % len(self.wire)]
        last = {
            "proven": LastMessage(now, proven_at=now),
            "accepted": LastMessage(now, accepted_at=now),
            "came back": LastMessage(now, trouble="came back"),
            "out of reach": LastMessage(now, trouble="came back", out_of_reach=True),
            "silence": LastMessage(now),
        }
        self.position = replace(self.position, last_message=last[said])

    def judge(self, move: Begin | Remind | Exhaust | StartClock, now: datetime) -> None:
        """What is promised of every step, in words of its own."""
        here, last, fair = self.position, self.position.last_message, self.rules.fairness
        if isinstance(move, StartClock):
            assert last is not None
            assert not last.trouble
            return
        if isinstance(move, Exhaust) or (isinstance(move, Begin) and move.kind == "escalation"):
            assert here.due_at is not None
            assert now > here.due_at, "a deadline is still running"
        if isinstance(move, Begin | Exhaust):
            self.judge_way(move, now)
        if isinstance(move, Begin):
            assert now >= self.rules.published_at
            assert here.approvals[move.rung] >= self.rules.ladder.rung(move.rung).approvers, "it is not approved"
            assert move.due_at is None or move.due_at > now or self.rules.clock is Clock.PUBLICATION
        assert here.unread_since is None, "an answer lies unread"
        assert here.committed_until is None or here.committed_until < now, "a commitment runs"
        assert not any(stop.channel is None for stop in here.stops), "on hold"
        if isinstance(move, Exhaust):
            return
        rung = self.rules.ladder.rung(move.rung)
        used = {channel for each in rung.dispatches_of(move.reminder) for channel in each.channels}
        assert not any(stop.channel in used for stop in here.stops), "a channel is on hold"
        gap = fair.minimum_gap if rung.minimum_gap is None else rung.minimum_gap
        if here.rung and not self.is_for_the_unreachable(move):
            assert last is not None
            proven = last.proven_at is not None
            assert proven or (last.accepted_at is not None and not last.trouble), "the last message is not proven"
            assert proven or now >= last.accepted_at + fair.proof_after
        if rung.writes_to_addressees(move.reminder):
            assert last is None or now >= last.at + gap, "within the gap"
            weekday = now.astimezone(here.place.zone).weekday()
            assert not (fair.respects_weekends and weekday in here.place.weekend), "a weekend"

    def stances(self, now: datetime) -> set[Stance]:
        here = self.position
        is_broken = here.committed_until is not None and here.committed_until < now
        found = {Stance.REFUSED} if here.refused else set()
        found |= {Stance.BROKEN} if is_broken else set()
        found |= {Stance.UNREACHABLE} if here.last_message and here.last_message.out_of_reach else set()
        return found if here.refused or here.committed_until else found | {Stance.SILENT}

    def judge_way(self, move: Begin | Exhaust, now: datetime) -> None:
        """Every way leads down; what is left out has a condition that does not hold, and what begins one that does."""
        here, skipped = self.position, [each.rung for each in move.skipped]
        way = [here.rung, *skipped, *([move.rung] if isinstance(move, Begin) else [])]
        assert way == sorted(set(way)), "a ladder only leads down"

        def holds(number: int) -> bool:
            asked = self.rules.ladder.rung(number).condition
            is_so = not asked.stances or bool(asked.stances & self.stances(now))
            return is_so and here.signatures >= asked.signatures

        assert not any(holds(number) for number in skipped), "a step is left out whose condition holds"
        if not isinstance(move, Begin) or not here.rung:
            return
        assert holds(move.rung), "a step begins whose condition does not hold"
        if move.kind == "at once":
            assert self.rules.ladder.rung(move.rung).at_once
            assert here.due_at is None or (now <= here.due_at <= move.due_at), "it shortens the time that was given"

    def is_for_the_unreachable(self, move: Begin | Remind) -> bool:
        """Whether the campaign's own answer to not reaching them begins."""
        if isinstance(move, Remind) or self.position.last_message is None:
            return False
        is_meant = Stance.UNREACHABLE in self.rules.ladder.rung(move.rung).condition.stances
        return self.position.last_message.out_of_reach and (is_meant or move.because is Stance.UNREACHABLE)


@settings(max_examples=120, deadline=None)
@given(
    rules=RULES,
    zone=ZONES,
    weekend=st.sampled_from([{5, 6}, {4, 5}]),
    news=NEWS,
    wire=st.lists(ANSWERS_OF_WIRES, min_size=1, max_size=4),
    passes=PASSES,
)
def test_any_ladder_is_climbed_once_fairly_and_to_an_end_or_waits_with_a_reason(
    rules, zone, weekend, news, wire, passes
):
    driver = Driver(rules, Place(zone, "GB", frozenset(weekend)), news, wire)
    for now in passes:  # doubled, backwards, skipped for days, as they come
        driver.pass_at(now)
    for number in range(400 * 2):  # and then a clock that runs
        driver.pass_at(FRIDAY + number * 12 * HOUR)
        if driver.ended:
            break
    steps = [(rung, reminder) for rung, reminder, _ in driver.began]
    assert len(steps) == len(set(steps)), "something began twice"
    begun = [rung for rung, reminder in steps if not reminder]
    assert begun == sorted(begun)
    assert begun[-1:] == [driver.position.rung][: len(begun)]
    for kind in sorted({move.kind for move in driver.moves} | {"left out" for move in driver.moves if move.skipped}):
        event(kind)
    assert len(driver.ended) == (driver.status in ("acted", "exhausted"))
    if driver.status in ("planned", "waiting"):
        event("waits")
        assert driver.waits is not None or is_on_its_way(driver), "it waits and nobody is told why"
    else:
        event(driver.status)


def is_on_its_way(driver: Driver) -> bool:
    """A letter nobody has news of yet, where time runs from delivery: its state is shown with the delivery itself."""
    last = driver.position.last_message
    return driver.position.due_at is None and last is not None and not last.trouble and last.proven_at is None
