"""The gate against too many letters to one person: so many in a time, over all campaigns, steps and mailings together.

A person is a mailbox. What is above that waits; what a mailing sends is left out, unless it says otherwise.
"""

import uuid
from collections import Counter
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

NO_WAVE = uuid.UUID(int=0)
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


def full(asked: Iterable[Asked], now: datetime) -> dict[Asked, Wait]:
    """The letters for which there is no room, for their reader has had, or is just getting, as many as they may; each
    until there is. Of several to one person those that are asked for first go first.

    Whoever asks, in a transaction, takes turns with all others, so that no two of them find the last place free.
    """
    asked = list(asked)
    waves = {wave for _, wave in asked}
    if not asked or (len(waves) == 1 and not can_be_full(besides=next(iter(waves)))):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURNS)
        cursor.execute(HAD, _values(asked, now))
        had = {(supporter, wave): times for supporter, wave, times in cursor.fetchall()}
    crowded: dict[Asked, Wait] = {}
    going: Counter[uuid.UUID] = Counter()
    for supporter, wave in asked:
        newest_first = [now] * going[supporter] + had.get((supporter, wave), [])
        if len(newest_first) >= settings.PERSON_CAP:
            until = newest_first[settings.PERSON_CAP - 1] + settings.PERSON_CAP_TIME
            crowded[supporter, wave] = Wait(until, reason())
        else:
            going[supporter] += 1
    return crowded


def can_be_full(besides: uuid.UUID) -> bool:
    """Whether there are as many waves, besides one, as a person may get letters: else nobody has had too many."""
    with connection.cursor() as cursor:
        cursor.execute(ENOUGH_WAVES, {"wave": besides, "cap": settings.PERSON_CAP})
        return bool(cursor.fetchone()[0] >= settings.PERSON_CAP)


def count_full(campaign: uuid.UUID, readers: Readers, now: datetime) -> int:
    """How many of those who are meant have had as many as they may, just to say so beforehand."""
    asked = f"SELECT id, NULL::uuid AS wave FROM ({IDS}) AS meant"
    values = readers.values(None) | {"campaign": campaign, "cap": settings.PERSON_CAP, **_lately(now)}
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY.format(had=_HAD.format(asked=asked)), values)
        return int(cursor.fetchone()[0])


def reason() -> str:
    """Why a letter does not go to somebody."""
    cap, days = settings.PERSON_CAP, settings.PERSON_CAP_TIME.days
    return f"{cap} messages went to this person within {days} days, which is the most"


def _without_room(due: Sequence[Delivery], now: datetime) -> list[tuple[Delivery, Wait]]:
    letters = {(each.supporter_id, each.wave_id): each for each in due if each.audience == SUPPORTERS}
    crowded = full([(supporter, wave) for supporter, wave in letters if supporter], now)
    return [(letters[asked], wait) for asked, wait in crowded.items()]


def _values(asked: Sequence[Asked], now: datetime) -> dict[str, Any]:
    supporters, waves = zip(*asked, strict=True)
    return {"supporters": list(supporters), "waves": list(waves), **_lately(now)}


def _lately(now: datetime) -> dict[str, Any]:
    return {"since": now - settings.PERSON_CAP_TIME, "now": now}


TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended('letters to people', 0))"
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
_HAD = """
SELECT asked.id, asked.wave, array_agg(had.at ORDER BY had.at DESC) AS at
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
 GROUP BY asked.id, asked.wave
"""
HOW_MANY = "SELECT count(*) FROM ({had}) AS had WHERE cardinality(at) >= %(cap)s"
HAD = _HAD.format(asked="SELECT * FROM unnest(%(supporters)s::uuid[], %(waves)s::uuid[]) AS given(id, wave)")
