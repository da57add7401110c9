"""Reading what providers told: each bulletin once, each piece of news once, into reports."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import dramatiq
import structlog
from django.db import connection, transaction

from campaigns import moment
from campaigns.address import digest
from channels import sendgrid_news
from channels.news import News
from outreach.fold import fold
from outreach.report import Bulletin, Report
from outreach.seal import unsealed

log = structlog.get_logger(__name__)
KEPT = timedelta(days=7)
TIME_LIMIT = 50_000
READERS: dict[str, Callable[[bytes, datetime], list[News]]] = {"sendgrid": sendgrid_news.news_of}
KEEP = """
INSERT INTO outreach_report
  (provider, name, key, kind, at, said, reason, code, is_dead, wants_no_more, digest, folded_at, is_ours)
SELECT %s, told.*, CASE WHEN told.key IS NULL THEN %s::timestamptz END, told.key IS NOT NULL
  FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::boolean[],
              %s::boolean[], %s::text[])
    AS told(name, key, kind, at, said, reason, code, is_dead, wants_no_more, digest)
 ORDER BY name
ON CONFLICT (provider, name) DO NOTHING
"""


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
    read = 0
    while _read_next():
        read += 1
    Bulletin.objects.filter(read_at__lt=datetime.now(UTC) - KEPT).delete()
    return read


@transaction.atomic
def _read_next() -> bool:
    """One bulletin to a transaction: two workers with the same news in several could stand in each other's way."""
    bulletin = Bulletin.objects.filter(read_at=None).order_by("id").select_for_update(skip_locked=True).first()
    if bulletin is None:
        return False
    bulletin.problem, bulletin.read_at = _read(bulletin), datetime.now(UTC)
    bulletin.save(update_fields=["problem", "read_at"])
    return True


def _read(bulletin: Bulletin) -> str:
    """Keep what it tells. Answers why nothing of it could be read, if so: it was signed, so a person must look."""
    body = unsealed(bytes(bulletin.body))
    if body is None:
        problem = "it was sealed with a SECRET_KEY that is gone"
    else:
        try:
            keep(bulletin.provider, READERS[bulletin.provider](body, bulletin.received_at), moment.now())
            return ""
        except ValueError as odd:
            problem = str(odd)
    log.error("a bulletin could not be read", provider=bulletin.provider, bulletin=bulletin.pk, reason=problem)
    return problem


def keep(provider: str, told: Sequence[News], now: datetime) -> None:
    """Keep each piece of news once. On a virtual clock it happened now, for the provider's clock is the real one."""
    rows = [
        (
            each.name,
            _key(each.key),
            each.kind.value,
            now if moment.is_virtual() else each.at,
            each.said,
            each.reason,
            each.code,
            each.is_dead,
            each.wants_no_more,
            digest(each.address) if each.address else "",
        )
        for each in {each.name: each for each in reversed(told)}.values()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [provider, now, *map(list, zip(*rows, strict=True))])


def _key(said: str) -> UUID | None:
    try:
        return UUID(hex=said)
    except ValueError:
        return None
