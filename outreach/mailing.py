"""A message to every supporter, written as rows: deliveries in chunks, in one statement however many there are.

Where they are spread, each has a turn of its own, and a chunk is as small as a minute of them, and due with the last.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.messages import Message
from campaigns.wave import Wave
from outreach.chunk import SIZE
from outreach.office_hours import timing_to_supporters
from outreach.turn import TURN, placed


def to_supporters(
    wave: Wave,
    message: Message,
    now: datetime,
    expires_at: datetime | None = None,
    divisions: Collection[str] | None = None,
) -> None:
    """Deliveries, wanted at `now`, to all who allow them and have none yet; doing it again changes nothing.

    With `divisions`, only to supporters who live in one of these.

    Readers of one language follow each other, so that a chunk has few sheets; where they are spread, chance decides.
    """
    timing = timing_to_supporters(wave.campaign, message.channel)
    pieces = timing.pieces(now)
    values: dict[str, Any] = {
        "campaign": wave.campaign_id,
        "step": wave.step_id,
        "wave": wave.pk,
        "channel": message.channel,
        "wording": message.wording,
        "now": now,
        "due": pieces[0].start,
        "expires": expires_at,
        "reason": timing.reason(now),
        "everyone": divisions is None,
        "divisions": sorted({*(divisions or ())} - {""}),
        "size": SIZE,
        "minutes": sum(piece.seconds for piece in pieces) / 60,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE_SPREAD if timing.manner.spread else WRITE, values | placed(wave, pieces))


_WRITE = """
WITH asked AS (
  SELECT id, language, {turn} AS due_at
    FROM campaigns_supporter AS supporter
   WHERE campaign_id = %(campaign)s AND agreed_at IS NOT NULL AND opted_out_at IS NULL
     AND (%(everyone)s OR division = ANY(%(divisions)s::text[]))
     AND NOT EXISTS (SELECT FROM outreach_delivery
                      WHERE wave_id = %(wave)s AND channel = %(channel)s
                        AND recipient = replace(supporter.id::text, '-', ''))
), reader AS (
  SELECT id, due_at, row_number() OVER (ORDER BY {order}, id) - 1 AS number, {size} AS size FROM asked
), first AS (
  SELECT coalesce(max(number) + 1, 0) AS number FROM outreach_chunk
   WHERE wave_id = %(wave)s AND channel = %(channel)s AND wording_name = %(wording)s
), chunk AS (
  INSERT INTO outreach_chunk (campaign_id, step_id, wave_id, channel, wording_name, number, size, intended, state,
         due_at, expires_at, attempts)
  SELECT %(campaign)s, %(step)s, %(wave)s, %(channel)s, %(wording)s, first.number + reader.number / reader.size,
         count(*), 0, 'due', max(reader.due_at), %(expires)s, 0
    FROM reader, first GROUP BY 6
  RETURNING id, number
), chunks AS MATERIALIZED (
  SELECT array_agg(id ORDER BY number) AS ids FROM chunk
)
INSERT INTO outreach_delivery (id, campaign_id, step_id, wave_id, audience, channel, recipient, supporter_id,
       chunk_id, place, wording_name, state, due_at, expires_at, created_at, attempts,
       language, subject, text, html, wire, reference, reason)
SELECT gen_random_uuid(), %(campaign)s, %(step)s, %(wave)s, 'supporters', %(channel)s,
       replace(reader.id::text, '-', ''), reader.id, ids[reader.number / reader.size + 1],
       reader.number %% reader.size, %(wording)s, 'due', reader.due_at,
       %(expires)s, %(now)s, 0, '', '', '', '', '', '', %(reason)s
  FROM reader, chunks
ON CONFLICT DO NOTHING
"""
WRITE = _WRITE.format(turn="%(due)s", order="language", size="%(size)s")
WRITE_SPREAD = _WRITE.format(
    turn="(" + TURN.format(recipient="replace(supporter.id::text, '-', '')") + ")",
    order="due_at",
    size="greatest(1, least(%(size)s, ceil(count(*) OVER () / %(minutes)s)))::int",
)
