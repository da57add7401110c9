"""Who would get a mailing if it were composed now: asked beforehand, and decided when it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.mailing import Mailing
from campaigns.words.problem import Unfit
from outreach.frequency import NO_WAVE, can_be_full, count_full
from outreach.mailings.composing import divisions_of
from outreach.mailings.sample import Sample, Samples
from outreach.readership import Readers, count

MOST_LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Audience:
    """`number` of supporters; `full`: so many of them have had as many letters as they may for now. None if there are
    so many people that this is only looked at when each letter leaves.
    """

    number: int
    full: int | None


def audience(mailing: Mailing, now: datetime) -> Audience:
    readers = Readers(mailing.for_whom, divisions_of(mailing, now))
    number = count(mailing.campaign_id, readers)
    if not can_be_full(besides=NO_WAVE):
        return Audience(number, 0)
    return Audience(number, count_full(mailing.campaign_id, readers, now) if number <= MOST_LOOKED_AT else None)


def samples(mailing: Mailing, now: datetime) -> Iterator[tuple[str, str, Sample | None, str]]:
    """Each wording in each language: the letter, or why it cannot be written."""
    texts, written = mailing.texts.current().order_by("name", "language"), Samples(mailing, now)
    for name, language in texts.values_list("name", "language"):
        try:
            yield name, language, written.letter(name, language), ""
        except Unfit as problem:
            yield name, language, None, str(problem)
