"""What a report says of the campaign itself, from its edition; what happened comes from rows or from a rehearsal."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from campaigns.edition import Edition
from campaigns.occasions import planned_deadline
from campaigns.text import Text
from outreach.closing.account import Account, Book, Elsewhere


def book_of(
    edition: Edition,
    accounts: Iterable[Account],
    as_of: datetime,
    closed_at: datetime | None,
    *,
    elsewhere: Iterable[Elsewhere] = (),
    supporters: int = 0,
    is_invented: bool = False,
) -> Book:
    public = f"{settings.OUTREACH_URL}/c/{edition.slug}"
    return Book(
        slug=edition.slug,
        title=edition.title,
        languages=edition.languages,
        time_zone=edition.brief.time_zone,
        published_at=edition.rules.published_at,
        deadline=planned_deadline(edition),
        as_of=as_of,
        closed_at=closed_at,
        demands={demand.key: demand.title for demand in edition.brief.demands},
        steps={rung.key: edition.step_titles.get(rung.key, {}) for rung in edition.rules.ladder},
        groups=tuple(_groups(edition)),
        accounts=tuple(accounts),
        elsewhere=tuple(elsewhere),
        group_titles=edition.group_titles,
        supporters=supporters,
        is_invented=is_invented,
        record=f"{public}/record",
        evidence=f"{public}/evidence",
    )


def name_in_every_language(edition: Edition, name: str) -> Text:
    """An office's name in the campaign's first language, and as the campaign's own terms give it in others."""
    return {edition.default_language: name, **edition.brief.terms.get(name, {})}


def _groups(edition: Edition) -> Iterable[tuple[Text, tuple[str, ...]]]:
    """Groups with somebody in them to whom the demands are put."""
    asked = set(edition.asked)
    for key, members in edition.members.items():
        if found := tuple(member for member in members if member in asked):
            yield edition.group_titles.get(key) or {edition.default_language: key}, found
