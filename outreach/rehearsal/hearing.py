"""What comes back in a rehearsal: answers, which lie unread for a while, and the outcomes that are recorded of them."""

from datetime import datetime

from outreach.rehearsal.agenda import What
from outreach.rehearsal.case import Case
from outreach.rehearsal.scenario import Answer
from outreach.rehearsal.world import World


class Hearing:
    def __init__(self, world: World) -> None:
        self.world = world
        for answer in world.scenario.answers:
            if at := answer.planned_at(world.edition.rules.published_at):
                world.agenda.put(at, What.HEAR, answer)

    def hear(self, answer: Answer, came_at: datetime, now: datetime) -> None:
        """An answer came; it lies unread for as long as the scenario says."""
        case = self.world.cases[answer.addressee]
        case.receive(answer, came_at)
        self.world.agenda.put(came_at + answer.read_after, What.READ, case)
        self.world.diary.note(now, "response", case, detail=answer.kind)
        self.world.touched.add(case.key)

    def read(self, case: Case, now: datetime) -> None:
        """What has been read by now; its outcomes are recorded at once."""
        for answer in case.read(now):
            self.world.touched.add(case.key)
            self._record(case, answer, now)

    def _record(self, case: Case, answer: Answer, now: datetime) -> None:
        edition = self.world.edition
        for demand, kind, until in answer.outcomes_for(edition.demands):
            case.record(demand, kind, until, edition.rules.zone)
            said = f"{demand}: {kind}" + (f" until {until}" if until else "")
            self.world.diary.note(now, "outcome", case, detail=said, demand=demand, outcome=kind, last_day=until)
            self._judge(case, now)

    def _judge(self, case: Case, now: datetime) -> None:
        """Whether what is recorded by now closes the appeal, or opens it again."""
        is_satisfied = self.world.edition.is_satisfied_by(case.closed())
        if is_satisfied and case.status != "acted":
            late = "late action is still action" if case.status == "exhausted" else ""
            case.status = "acted"
            self.world.diary.note(now, "acted", case, detail=late)
        elif not is_satisfied and case.status == "acted":
            case.status = "waiting" if case.position.rung else "planned"
            self.world.diary.note(now, "reopened", case, detail="a correction opened a demand again")
