"""Bringing the journal into the deliveries: off the hot path, and again and again without harm."""

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from outreach.chunk import Chunk, Chunks
from outreach.delivery import Delivery
from outreach.journal import Entry

log = structlog.get_logger(__name__)
MOST_CLAIMS = 3
"""A chunk that workers died over so often may hold what kills them: its deliveries go on one by one, each counted."""
NOBODY_KNOWS = "The worker stopped while it was on the wire; nobody can prove whether it arrived"


def fold_done(now: datetime) -> int:
    """Bring in every chunk that is done. Answers how many; those that another worker is at are left to it."""
    done = 0
    while _fold_next(now):
        done += 1
    return done


def is_behind() -> bool:
    """Whether the journal has answers that no worker will come back for by itself."""
    return _to_fold().exists()


@transaction.atomic
def _fold_next(now: datetime) -> bool:
    chunk = _to_fold().select_for_update(skip_locked=True).first()
    if chunk is None:
        return False
    bring_in(chunk)
    if chunk.state == Chunk.State.DONE:
        _account_for(chunk, now)  # there should be nothing left, but nothing may be lost
        chunk.move(Chunk.State.FOLDED)
    return True


def _to_fold() -> Chunks:
    """Chunks that are done, and those whose worker was thought to be dead and answered after all."""
    late = Exists(Entry._default_manager.filter(chunk=OuterRef("pk")))
    return Chunk.objects.filter(Q(state=Chunk.State.DONE) | Q(late, state__in=[Chunk.State.DUE, Chunk.State.FOLDED]))


def bring_in(chunk: Chunk) -> None:
    """What the journal says of the chunk's deliveries becomes their state, and an event of each."""
    with connection.cursor() as cursor:
        cursor.execute(BRING_IN, {"chunk": chunk.pk})


def recover_chunks(now: datetime, real_now: datetime) -> int:
    """Chunks that a worker claimed and left behind: what was on the wire is accounted for, the rest is due again."""
    left = list(Chunk.objects.left_behind(real_now))
    return sum(_recover(chunk, now, real_now) for chunk in left)


@transaction.atomic
def _recover(chunk: Chunk, now: datetime, real_now: datetime) -> bool:
    found = Chunk.objects.left_behind(real_now).filter(pk=chunk.pk).select_for_update(skip_locked=True).first()
    if found is None:
        return False
    bring_in(found)
    _account_for(found, now)
    if found.intended >= found.size:
        return found.move(Chunk.State.FOLDED, token=None, lease_until=None)
    if found.attempts < MOST_CLAIMS:
        return found.move(Chunk.State.DUE, token=None, lease_until=None)
    log.warning("workers stopped over this chunk again and again; its deliveries go on one by one", chunk=found.pk)
    found.deliveries.filter(state=Delivery.State.DUE).update(chunk=None, place=None)
    return found.move(Chunk.State.FOLDED, token=None, lease_until=None)


def _account_for(chunk: Chunk, now: datetime) -> None:
    """What was intended and has no answer was perhaps on the wire: unknown, or by policy tried again."""
    sql = TRY_AGAIN if settings.SUPPORTERS_AT_LEAST_ONCE else SAY_UNKNOWN
    values: dict[str, Any] = {"chunk": chunk.pk, "intended": chunk.intended, "reason": NOBODY_KNOWS, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# An answer that comes after a delivery was called unknown is proof that came late. What was delayed leaves the chunk.
BRING_IN = """
WITH answer AS (
  DELETE FROM outreach_journal WHERE chunk_id = %(chunk)s RETURNING *
), strongest AS (
  SELECT DISTINCT ON (place) * FROM answer
   ORDER BY place, array_position('{delivered,sent,refused,delayed,suppressed,unknown}'::varchar[], state), id
), changed AS (
  UPDATE outreach_delivery AS delivery
     SET state = strongest.state,
         wire = strongest.wire,
         reference = CASE WHEN strongest.state IN ('sent', 'delivered') THEN strongest.reference ELSE '' END,
         reason = CASE WHEN strongest.state IN ('sent', 'delivered') THEN '' ELSE said END,
         sent_at = CASE WHEN strongest.state IN ('sent', 'delivered') THEN at END,
         delivered_at = CASE WHEN strongest.state = 'delivered' THEN at END,
         due_at = coalesce(again_at, due_at),
         attempts = attempts + (strongest.state <> 'suppressed')::int,
         sheet_id = sheet,
         wording_id = kept.wording_id,
         language = coalesce(kept.language, ''),
         chunk_id = CASE WHEN strongest.state = 'delayed' THEN NULL ELSE delivery.chunk_id END,
         place = CASE WHEN strongest.state = 'delayed' THEN NULL ELSE delivery.place END
    FROM strongest LEFT JOIN outreach_sheet AS kept ON kept.id = sheet
   WHERE delivery.chunk_id = %(chunk)s AND delivery.place = strongest.place
     AND (delivery.state = 'due' OR delivery.state = 'unknown' AND strongest.state IN ('sent', 'delivered', 'refused'))
  RETURNING delivery.id, strongest.state, at, strongest.wire, strongest.reference, said
)
INSERT INTO outreach_event (delivery_id, kind, at, detail)
SELECT id, state, at, jsonb_strip_nulls(jsonb_build_object(
         'wire', nullif(wire, ''),
         CASE WHEN state IN ('sent', 'delivered') THEN 'reference' ELSE 'code' END, nullif(reference, ''),
         CASE WHEN state IN ('sent', 'delivered') THEN 'detail' ELSE 'reason' END, said))
  FROM changed
"""
SAY_UNKNOWN = """
WITH changed AS (
  UPDATE outreach_delivery SET state = 'unknown', reason = %(reason)s, attempts = attempts + 1
   WHERE chunk_id = %(chunk)s AND place < %(intended)s AND state = 'due' RETURNING id
)
INSERT INTO outreach_event (delivery_id, kind, at, detail)
SELECT id, 'unknown', %(now)s, jsonb_build_object('reason', %(reason)s::text) FROM changed
"""
TRY_AGAIN = """
WITH changed AS (
  UPDATE outreach_delivery SET chunk_id = NULL, place = NULL, attempts = attempts + 1
   WHERE chunk_id = %(chunk)s AND place < %(intended)s AND state = 'due' RETURNING id
)
INSERT INTO outreach_event (delivery_id, kind, at, detail)
SELECT id, 'once more', %(now)s, jsonb_build_object('reason', %(reason)s::text) FROM changed
"""
