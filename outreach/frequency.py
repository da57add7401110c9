"""The gate against too many letters to one person: so many in a time, over all campaigns, steps and mailings together.

A person is a mailbox. What is above that waits; what a mailing sends is left out, unless it says otherwise.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from campaigns.ladder import SUPPORTERS
from campaigns.mailing import Mailing
from campaigns.wave import Wave
from outreach.delivery import Delivery
from outreach.readership import IDS, Readers
from outreach.wait import Wait

Asked = tuple[uuid.UUID, uuid.UUID]
"""A supporter, and the wave of the letter that is to go to them: it does not count against itself."""


def frequency(due: Sequence[Delivery], now: datetime) -> Mapping[uuid.UUID, Wait]:
    """Those for which there is no room and which may wait for it, each until there is."""
    return {each.pk: wait for each, wait in _without_room(due, now) if may_wait(each.wave)}


def left_out(due: Sequence[Delivery], now: datetime) -> dict[uuid.UUID, str]:
    """Those for which there is no room and which do not wait, and why."""
    return {each.pk: wait.reason for each, wait in _without_room(due, now) if not may_wait(each.wave)}


def may_wait(wave: Wave) -> bool:
    """Whether what is above the cap waits for room."""
    return wave.mailing is None or wave.mailing.above_cap == Mailing.Above.WAITS


def full(asked: Iterable[Asked], now: datetime) -> dict[uuid.UUID, Wait]:
    """The supporters who have had, or are just getting, as many as they may; and until when.

    Whoever asks, in a transaction, takes turns with all others, so that no two of them find the last place free.
    """
    asked = list(asked)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ENOUGH_WAVES, {"wave": asked[0][1], "cap": settings.PERSON_CAP})
        if len({wave for _, wave in asked}) == 1 and cursor.fetchone()[0] < settings.PERSON_CAP:
            return {}
        cursor.execute(TAKE_TURNS)
        cursor.execute(FULL, _values(asked, now))
        return {supporter: Wait(at + settings.PERSON_CAP_TIME, reason()) for supporter, at in cursor.fetchall()}


def count_full(campaign: uuid.UUID, readers: Readers, now: datetime) -> int:
    """How many of those who are meant have had as many as they may, just to say so beforehand."""
    asked = f"SELECT id, NULL::uuid AS wave FROM ({IDS}) AS meant"
    with connection.cursor() as cursor:
        values = readers.values(None) | {"campaign": campaign, **_room(now)}
        cursor.execute(f"SELECT count(*) FROM ({_FULL.format(asked=asked)}) AS had", values)
        return int(cursor.fetchone()[0])


def reason() -> str:
    """Why a letter does not go to somebody."""
    cap, days = settings.PERSON_CAP, settings.PERSON_CAP_TIME.days
    return f"{cap} messages went to this person within {days} days, which is the most"


def _without_room(due: Sequence[Delivery], now: datetime) -> list[tuple[Delivery, Wait]]:
    letters = [each for each in due if each.audience == SUPPORTERS and each.supporter_id]
    crowded = full([(each.supporter_id, each.wave_id) for each in letters if each.supporter_id], now)
    return [(each, crowded[each.supporter_id]) for each in letters if each.supporter_id in crowded]


def _values(asked: Sequence[Asked], now: datetime) -> dict[str, Any]:
    supporters, waves = zip(*asked, strict=True)
    return {"supporters": list(supporters), "waves": list(waves), **_room(now)}


def _room(now: datetime) -> dict[str, Any]:
    return {"cap": settings.PERSON_CAP, "since": now - settings.PERSON_CAP_TIME, "now": now}


TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended('letters to people', 0))"
# As long as there are fewer other waves than a person may get letters, nobody can have had too many.
ENOUGH_WAVES = """
WITH RECURSIVE known AS (
  (SELECT wave_id FROM outreach_chunk ORDER BY wave_id LIMIT 1)
  UNION ALL
  SELECT (SELECT wave_id FROM outreach_chunk AS other WHERE other.wave_id > known.wave_id ORDER BY wave_id LIMIT 1)
    FROM known WHERE known.wave_id IS NOT NULL
)
SELECT count(*) FROM (SELECT FROM known WHERE wave_id IS NOT NULL AND wave_id <> %(wave)s LIMIT %(cap)s) AS others
"""
# What is in a chunk that somebody is at, or that came on the wire with it, goes now.
_FULL = """
SELECT asked.id, (array_agg(had.at ORDER BY had.at DESC))[%(cap)s] AS at
  FROM ({asked}) AS asked
  JOIN campaigns_supporter AS one ON one.id = asked.id
  CROSS JOIN LATERAL (
    SELECT one.id
     UNION
    SELECT other.id FROM campaigns_supporter AS other
     WHERE other.mailbox_digest = one.mailbox_digest AND other.mailbox_digest <> ''
  ) AS same
  JOIN outreach_delivery AS delivery ON delivery.supporter_id = same.id
   AND delivery.state IN ('claimed', 'sending', 'sent', 'delivered', 'unknown', 'due')
   AND delivery.wave_id IS DISTINCT FROM asked.wave
  LEFT JOIN outreach_chunk AS chunk ON chunk.id = delivery.chunk_id AND delivery.state = 'due'
   AND (chunk.state IN ('claimed', 'done') OR delivery.place < chunk.intended)
  CROSS JOIN LATERAL (
    SELECT CASE WHEN delivery.state = 'due' THEN CASE WHEN chunk.id IS NOT NULL THEN %(now)s::timestamptz END
                ELSE coalesce(delivery.sent_at, delivery.tried_at, %(now)s::timestamptz) END
  ) AS had(at)
 WHERE had.at > %(since)s::timestamptz
 GROUP BY asked.id HAVING count(*) >= %(cap)s
"""
FULL = _FULL.format(asked="SELECT * FROM unnest(%(supporters)s::uuid[], %(waves)s::uuid[]) AS given(id, wave)")
