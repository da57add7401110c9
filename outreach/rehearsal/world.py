"""What the parts of one rehearsal share."""

from collections.abc import Hashable, Iterable

from campaigns.edition import Edition
from campaigns.messages import Message
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
        for case in self.cases.values() if scenario.approved else ():
            case.approve(edition.rules.ladder, without={each.step for each in scenario.approvals})
        self.addressees: dict[Hashable, Hashable] = {key: key for key in self.cases}
        self.agenda = Agenda()
        self.diary = Diary(edition)
        self.touched: set[str] = set()

    def number_of(self, message: Message) -> int:
        """To how many supporters a message goes."""
        if not message.of_the_silent:
            return self.scenario.supporters
        theirs = self.edition.divisions(str(appeal) for appeal in message.appeals)
        return self.scenario.represented_in(theirs, self.edition.divisions(self.edition.asked))

    def step_of(self, rung: int) -> str:
        return self.edition.rules.ladder.rung(rung).key
