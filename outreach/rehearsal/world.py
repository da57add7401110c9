"""What the parts of one rehearsal share."""

from collections.abc import Hashable, Iterable

from campaigns.edition import Edition
from outreach.rehearsal.agenda import Agenda
from outreach.rehearsal.case import Case
from outreach.rehearsal.diary import Diary
from outreach.rehearsal.scenario import Scenario


class World:
    """The campaign, what the scenario says, where every appeal stands, and what has yet to happen.

    `touched`: keys of the cases to which something has happened since the clock's last pass.
    """

    def __init__(self, edition: Edition, scenario: Scenario, cases: Iterable[Case]) -> None:
        self.edition = edition
        self.scenario = scenario
        self.cases = {case.key: case for case in cases}
        self.addressees: dict[Hashable, Hashable] = {key: key for key in self.cases}
        self.agenda = Agenda()
        self.diary = Diary(edition)
        self.touched: set[str] = set()

    def step_of(self, rung: int) -> str:
        return self.edition.rules.ladder.rung(rung).key
