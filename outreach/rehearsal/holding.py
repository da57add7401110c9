"""The holds of a scenario. As in life, one on the campaign or on an addressee keeps the clock still."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from campaigns.hold import whole_seconds
from campaigns.position import Stop
from outreach.rehearsal.agenda import What
from outreach.rehearsal.case import Case
from outreach.rehearsal.scenario import Halt
from outreach.rehearsal.world import World


class Holding:
    def __init__(self, world: World) -> None:
        self.world = world
        self.standing: list[Halt] = []
        for halt in world.scenario.holds:
            world.agenda.put(halt.since, What.HOLD, halt)

    def place(self, halt: Halt, now: datetime) -> None:
        """Nothing, if its end came while nobody could place it."""
        if halt.until is not None and halt.until <= now:
            return
        self.standing.append(halt)
        for case in self._held(halt):
            case.position = replace(case.position, stops=(*case.position.stops, self._stop(halt)))
            if halt.keeps_the_clock and case.status in ("waiting", "acted"):
                case.stopped_at = case.stopped_at or now
        self.world.diary.note(now, "hold", detail=f"{self._stop(halt).what}: {halt.reason}", until=halt.until)
        if halt.until is not None:
            self.world.agenda.put(halt.until, What.LIFT, halt)

    def lift(self, halt: Halt, ended_at: datetime, now: datetime) -> None:
        """As of its end, also where that is noticed late."""
        self.standing.remove(halt)
        for case in self._held(halt):
            stops = list(case.position.stops)
            stops.remove(self._stop(halt))
            case.position = replace(case.position, stops=tuple(stops))
            if case.stopped_at is not None and not self._is_stopped(case):
                self._go_on(case, whole_seconds(ended_at - case.stopped_at))
        self.world.diary.note(now, "lifted", detail=self._stop(halt).what)

    def _go_on(self, case: Case, still: timedelta) -> None:
        """With the time it had left."""
        begun_at, due_at = (at + still if at else None for at in (case.position.begun_at, case.position.due_at))
        case.position = replace(case.position, begun_at=begun_at, due_at=due_at)
        case.stopped_at = None

    def _is_stopped(self, case: Case) -> bool:
        return any(halt.keeps_the_clock and halt.addressee in ("", case.key) for halt in self.standing)

    def _held(self, halt: Halt) -> Iterator[Case]:
        for case in self.world.cases.values():
            if halt.addressee in ("", case.key):
                self.world.touched.add(case.key)
                yield case

    def _stop(self, halt: Halt) -> Stop:
        edition = self.world.edition
        rung = next((rung.number for rung in edition.rules.ladder if rung.key == halt.step), None)
        if halt.addressee:
            what = edition.readers[halt.addressee].office.name
        elif halt.step:
            what = f"step “{halt.step}”"
        else:
            what = f"the channel {halt.channel}" if halt.channel else "the campaign"
        return Stop(what, halt.reason, halt.until, rung, halt.channel or None)
