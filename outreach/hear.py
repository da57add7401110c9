"""Reading what providers told: each bulletin once, each piece of news once, into reports."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import dramatiq
import structlog
from django.db import DataError, transaction
from django.db.models import Q

from campaigns import moment
from channels import sendgrid_news
from channels.news import News
from outreach.bulletin import Bulletin
from outreach.fold import fold
from outreach.keeping import keep
from outreach.report import Report

log = structlog.get_logger(__name__)
KEPT = timedelta(days=7)
TIME_LIMIT = 50_000
TOGETHER = 4  # bulletins in one transaction
READERS: dict[str, Callable[[bytes, datetime], list[News]]] = {"sendgrid": sendgrid_news.news_of}


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def hear() -> None:
    """Read what providers told, and let it count. Losing the hint, or getting it twice, costs nothing but time."""
    read_bulletins()
    fold(moment.now())


def has_news() -> bool:
    """Whether there is something to read or to fold."""
    return Bulletin.objects.filter(read_at=None).exists() or Report.objects.filter(folded_at=None).exists()


def read_bulletins() -> int:
    """Read what has not been read; several workers may do so at once. Answers how many were read."""
    read, most = 0, TOGETHER
    while True:
        try:
            found = _read_next(most)
        except DataError:  # by themselves, then, so that what cannot be kept keeps nothing else out
            found, most = _read_next(1), 1
        if not found:
            break
        read += found
    _forget(datetime.now(UTC) - KEPT)
    return read


def _forget(before: datetime) -> None:
    """What was of use, and what a person has looked at; what still waits for one stays."""
    of_use = Q(problem="", read_at__lt=before)
    Bulletin.objects.filter(of_use | Q(set_aside_at__lt=before)).delete()


@transaction.atomic
def _read_next(most: int) -> int:
    """A few bulletins to a transaction, whose news is kept in one order: two workers with the same news never stand in
    each other's way.
    """
    unread = Bulletin.objects.filter(read_at=None).order_by("id").select_for_update(skip_locked=True)
    bulletins = list(unread[:most])
    told: dict[str, list[News]] = defaultdict(list)
    for bulletin in bulletins:
        bulletin.read_at = datetime.now(UTC)
        try:
            told[bulletin.provider] += _told(bulletin)
        except ValueError as odd:
            _set_apart(bulletin, str(odd))
    for provider, news in sorted(told.items()):
        try:
            keep(provider, news, moment.now())
        except DataError as odd:
            if len(bulletins) > 1:
                raise
            _set_apart(bulletins[0], str(odd))
    Bulletin.objects.bulk_update(bulletins, ["read_at", "problem"])
    return len(bulletins)


def _told(bulletin: Bulletin) -> list[News]:
    """What it tells. Raises ValueError if nothing of it can be read."""
    body = bulletin.content()
    if body is None:
        raise ValueError("it was sealed with a SECRET_KEY that is gone")
    return READERS[bulletin.provider](body, bulletin.received_at)


def _set_apart(bulletin: Bulletin, problem: str) -> None:
    """It was signed, so a person must look."""
    bulletin.problem = problem
    log.error("a bulletin could not be read", provider=bulletin.provider, bulletin=bulletin.pk, reason=problem)
