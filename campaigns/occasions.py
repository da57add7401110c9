"""What one message is about, put together from how things stand: the same for sending, preview and rehearsal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from campaigns.edition import Edition
from campaigns.links import links_of
from campaigns.place import Place
from campaigns.words.brief import Occasion


@dataclass(frozen=True, slots=True)
class Setting:
    """How things stand when a message is written.

    `silent`: keys of the addressees concerned; `open_demands`: keys of what is still open for any of them; `due_at`:
    the deadline that runs from this step; `deadline`, `first_letter_at`: None where only the plan can tell.
    """

    rung: int
    silent: tuple[str, ...]
    open_demands: Collection[str]
    due_at: datetime | None
    deadline: datetime | None = None
    first_letter_at: datetime | None = None


def occasion_of(
    edition: Edition,
    setting: Setting,
    language: str,
    base: str,
    addressee: str | None = None,
    supporter: tuple[str, str] | None = None,
    answer: tuple[str, str] | None = None,
    days_silent: int | None = None,
) -> Occasion:
    """`base`: where the campaign lives. `addressee`: who is written to or about; `supporter`: name, and the
    link that ends our letters to them; `answer`: the link by which who is written to answers, and its passcode;
    `days_silent`: only where it is a supporter who writes.
    """
    is_last = edition.rules.ladder.is_last(setting.rung)
    name, unsubscribe = supporter or (None, "")
    return Occasion(
        language=language,
        deadline=setting.deadline or planned_deadline(edition, edition.readers[addressee].place if addressee else None),
        answer_by=None if is_last else setting.due_at,
        first_letter_at=setting.first_letter_at or edition.rules.published_at,
        addressee=edition.readers[addressee].office if addressee else None,
        supporter_name=name,
        silent=tuple(edition.readers[key].office for key in setting.silent),
        open_demands=set(setting.open_demands),
        links=links_of(base, language, addressee if addressee in edition.asked else "", unsubscribe),
        answer=answer,
        days_silent=days_silent,
    )


def planned_deadline(edition: Edition, place: Place | None = None) -> datetime:
    """The public deadline, as publication sets it; `place`: of the addressee, where it counts their working days."""
    rules = edition.rules
    return rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone, place)
