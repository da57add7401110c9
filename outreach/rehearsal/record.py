"""What a rehearsal found: every send, reminder, answer, outcome and escalation with its virtual time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.edition import Edition
from campaigns.occasions import planned_deadline
from campaigns.text import in_language
from outreach.rehearsal.case import Case
from outreach.rehearsal.scenario import Scenario

INVENTED = "A rehearsal: nothing was sent, and every answer in it is invented."


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that would happen.

    `kind`: opening, reminder, escalation, at once, skipped, send, delayed, unwritten, response, outcome, wait, lapsed,
    cancelled, clock, acted, reopened, exhausted, hold, lifted, outage,
    signatures or approval. `concerns`: keys of the addressees a message
    is about; `count`: to how many supporters it goes; `until`: when a wait ends, or when the last of several leaves.
    `demand`, `outcome`, `last_day`: what was recorded, and the last day of a commitment.
    """

    at: datetime
    kind: str
    step: str
    addressee: str | None = None
    reminder: int = 0
    audience: str = ""
    channel: str = ""
    concerns: tuple[str, ...] = ()
    language: str = ""
    fallback: bool = False
    subject: str = ""
    count: int = 1
    state: str = ""
    detail: str = ""
    due_at: datetime | None = None
    missed_at: datetime | None = None
    until: datetime | None = None
    demand: str = ""
    outcome: str = ""
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal that has ended. `start` and all instants are UTC; `as_json` gives them in the campaign's zone."""

    edition: Edition
    scenario: Scenario
    start: datetime
    cases: tuple[Case, ...]
    entries: tuple[Entry, ...]
    wall_seconds: float

    @property
    def end(self) -> datetime:
        return max((entry.at for entry in self.entries), default=self.start)

    @property
    def virtual_days(self) -> float:
        return round((self.end - self.start).total_seconds() / 86_400, 3)

    @property
    def sends(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == "send"]

    @property
    def escalations(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == "escalation"]

    def statuses(self) -> dict[str, int]:
        return dict(Counter(case.status for case in self.cases))

    def as_json(self) -> dict[str, Any]:
        """Everything, for machines. Instants carry the offset of the campaign's zone."""
        edition, happened = self.edition, self.by_addressee()
        return {
            "campaign": edition.slug,
            "title": in_language(edition.title, edition.default_language),
            "note": INVENTED,
            "scenario": self.scenario.title,
            "time_zone": edition.brief.time_zone,
            "published_at": self._local(edition.rules.published_at),
            "deadline": self._local(planned_deadline(edition)),
            "appeals": [self._appeal(case, happened.get(case.key, ())) for case in self.cases],
            "deliveries": [self._entry(entry) for entry in self.sends],
            "escalations": [self._entry(entry) for entry in self.escalations],
            "events": [self._entry(entry) for entry in self.entries],
            "statuses": self.statuses(),
            "virtual_days": self.virtual_days,
            "wall_seconds": round(self.wall_seconds, 3),
        }

    def by_addressee(self) -> dict[str, list[Entry]]:
        """What happened to each, or was sent to it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.addressee is not None:
                found.setdefault(entry.addressee, []).append(entry)
        return found

    def _appeal(self, case: Case, events: Iterable[Entry]) -> dict[str, Any]:
        reader = self.edition.readers[case.key]
        return {
            "addressee": case.key,
            "name": reader.office.name,
            "capacities": list(reader.office.capacities),
            "status": case.status,
            "step": self.edition.rules.ladder.rung(case.position.rung).key if case.position.rung else None,
            "open_demands": [key for key in self.edition.demands if key not in case.closed()],
            "waiting": [reason.sentence for reason in case.waits.reasons] if case.waits and case.is_alive else [],
            "events": [self._entry(entry) for entry in events],
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        said = {name: getattr(entry, name) for name in Entry.__slots__}
        said |= {name: self._local(said[name]) for name in ("at", "due_at", "missed_at", "until")}
        kept = {name: value for name, value in said.items() if value not in ("", None, ()) and value is not False}
        if entry.last_day:
            kept["last_day"] = entry.last_day.isoformat()
        return kept | {"at": said["at"], "kind": entry.kind}

    def _local(self, moment: datetime | None) -> str | None:
        return moment.astimezone(self.edition.rules.zone).isoformat() if moment else None
