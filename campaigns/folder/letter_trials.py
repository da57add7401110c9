"""Every letter that a supporter could begin with: tried like the messages of the ladder."""

from collections.abc import Iterator
from datetime import datetime

from campaigns.edition import Edition
from campaigns.folder.trials import Trial
from campaigns.letter_start import Whom
from campaigns.links import links_of
from campaigns.words.brief import Occasion, Office

LONG = 8  # days of silence


def letter_trials(edition: Edition, base: str) -> Iterator[Trial]:
    """Every letter of a supporter as it begins, to whoever a rule could ever fit, in each language it is there in.

    `base`: where the campaign lives in public.
    """
    rules = edition.rules
    deadline = rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)
    for start in edition.letters.starts:
        languages = [key[2] for key in edition.wordings if key[:2] == (start.wording, "email")]
        for key in edition.asked:
            reader, groups = edition.readers[key], edition.groups_of(key)
            for language in languages:
                whom = Whom(key, groups, reader.division, reader.kind, next(iter(start.stands), ""), language)
                if start.fits(whom):
                    yield from _letter(edition, start.wording, reader.office, language, deadline, base)


def _letter(
    edition: Edition, wording: str, office: Office, language: str, deadline: datetime, base: str
) -> Iterator[Trial]:
    """With every demand open, and with the last one."""
    for demands in (edition.demands, edition.demands[-1:]):
        occasion = Occasion(
            language=language,
            deadline=deadline,
            answer_by=None,
            first_letter_at=edition.rules.published_at,
            addressee=office,
            silent=(office,),
            open_demands=frozenset(demands),
            links=links_of(base, language, office.key),
            days_silent=LONG,
        )
        yield Trial((wording, "email", language), office.key, occasion)
