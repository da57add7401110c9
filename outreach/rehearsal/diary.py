"""What a rehearsal writes down while it runs."""

from datetime import datetime

from campaigns.edition import Edition
from outreach.rehearsal.case import Case
from outreach.rehearsal.post import Posted
from outreach.rehearsal.record import Entry


class Diary:
    """Its entries, in the order in which things happened."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.entries: list[Entry] = []

    def note(self, at: datetime, kind: str, case: Case | None = None, **said: object) -> None:
        """Something that happened to a case, or to the whole campaign."""
        step = self._step(case.position.rung) if case else ""
        self.entries.append(Entry(at=at, kind=kind, step=step, addressee=case.key if case else None, **said))  # type: ignore[arg-type]

    def note_message(self, at: datetime, kind: str, each: Posted, **said: object) -> None:
        message = each.message
        self.entries.append(
            Entry(
                at=at,
                kind=kind,
                step=self._step(each.wave.rung),
                reminder=each.wave.reminder,
                addressee=str(message.recipient) if message.recipient else None,
                audience=message.audience,
                channel=message.channel,
                concerns=tuple(str(appeal) for appeal in message.appeals),
                count=each.count,
                **said,  # type: ignore[arg-type]
            )
        )

    def _step(self, rung: int) -> str:
        return self.edition.rules.ladder.rung(rung).key if rung else ""
