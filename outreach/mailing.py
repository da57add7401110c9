"""A message to every supporter, written as rows: deliveries in chunks, in one statement however many there are."""

from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.messages import Message
from campaigns.wave import Wave
from outreach.chunk import SIZE


def to_supporters(wave: Wave, message: Message, now: datetime) -> None:
    """Deliveries, due at `now`, to all who allow them and have none yet; doing it again changes nothing.

    Readers of one language follow each other, so that a chunk has few sheets.
    """
    values: dict[str, Any] = {
        "campaign": wave.campaign_id,
        "step": wave.step_id,
        "wave": wave.pk,
        "channel": message.channel,
        "wording": message.wording,
        "now": now,
        "size": SIZE,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)


WRITE = """
WITH reader AS (
  SELECT id, row_number() OVER (ORDER BY language, id) - 1 AS number
    FROM campaigns_supporter AS supporter
   WHERE campaign_id = %(campaign)s AND agreed_at IS NOT NULL AND opted_out_at IS NULL
     AND NOT EXISTS (SELECT FROM outreach_delivery
                      WHERE wave_id = %(wave)s AND channel = %(channel)s
                        AND recipient = replace(supporter.id::text, '-', ''))
), first AS (
  SELECT coalesce(max(number) + 1, 0) AS number FROM outreach_chunk
   WHERE wave_id = %(wave)s AND channel = %(channel)s AND wording_name = %(wording)s
), chunk AS (
  INSERT INTO outreach_chunk (campaign_id, step_id, wave_id, channel, wording_name, number, size, intended, state,
         due_at, attempts)
  SELECT %(campaign)s, %(step)s, %(wave)s, %(channel)s, %(wording)s, first.number + reader.number / %(size)s,
         count(*), 0, 'due', %(now)s, 0
    FROM reader, first GROUP BY 6
  RETURNING id, number
)
INSERT INTO outreach_delivery (id, campaign_id, step_id, wave_id, audience, channel, recipient, supporter_id,
       chunk_id, place, wording_name, state, due_at, created_at, attempts,
       language, subject, text, html, wire, reference, reason)
SELECT gen_random_uuid(), %(campaign)s, %(step)s, %(wave)s, 'supporters', %(channel)s,
       replace(reader.id::text, '-', ''), reader.id, chunk.id, reader.number %% %(size)s, %(wording)s, 'due', %(now)s,
       %(now)s, 0, '', '', '', '', '', '', ''
  FROM reader, first, chunk WHERE chunk.number = first.number + reader.number / %(size)s
ON CONFLICT DO NOTHING
"""
