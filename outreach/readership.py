"""The readers of a wave among supporters, written as rows: deliveries in chunks, in one statement for however many.

Where they are spread, each has a turn of its own, and a chunk is as small as a minute of them, and due with the last.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from campaigns.messages import Message
from campaigns.segment import FOR_ALL, Segment
from campaigns.wave import Wave
from outreach.chunk import SIZE
from outreach.office_hours import timing_to_supporters
from outreach.turn import TURN, placed

ALL_LOTS = (0.0, 1.0)
FIRST, LAST = uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Readers:
    """Of those who allow letters, who is meant. `divisions`: who lives in one of these; None if it does not matter.

    `lots`: who drew one from the first up to the second (`campaigns.lot`). `after`, `until`: who has an id between
    these, the second included.
    """

    segment: Segment = FOR_ALL
    divisions: Collection[str] | None = None
    lots: tuple[float, float] = ALL_LOTS
    after: uuid.UUID = FIRST
    until: uuid.UUID = LAST

    def values(self, drawn_for: object) -> dict[str, Any]:
        """The parameters of `MEANT`."""
        segment = self.segment
        return {
            "divisions": None if self.divisions is None else sorted({*self.divisions} - {""}),
            "countries": list(segment.countries) or None,
            "languages": list(segment.languages) or None,
            "signed": segment.has_signed,
            "written": segment.has_written,
            "joined_from": segment.joined_from,
            "joined_before": segment.joined_before,
            "is_drawn": self.lots != ALL_LOTS,
            "low": self.lots[0],
            "high": self.lots[1],
            "drawn": f"{drawn_for}/",
            "after": self.after,
            "until": self.until,
        }


def to_supporters(
    wave: Wave,
    message: Message,
    now: datetime,
    expires_at: datetime | None = None,
    divisions: Collection[str] | None = None,
) -> None:
    """Deliveries, wanted at `now`, to all who allow them and have none yet; doing it again changes nothing.

    With `divisions`, only to supporters who live in one of these.
    """
    write(wave, message.channel, message.wording, Readers(divisions=divisions), now, expires_at)


def write(
    wave: Wave, channel: str, wording: str, readers: Readers, now: datetime, expires_at: datetime | None = None
) -> None:
    """The same to certain readers.

    Readers of one language follow each other, so that a chunk has few sheets; where they are spread, chance decides.
    """
    timing = timing_to_supporters(wave.campaign, channel)
    pieces = timing.pieces(now)
    values: dict[str, Any] = readers.values(wave.mailing_id) | {
        "campaign": wave.campaign_id,
        "step": wave.step_id,
        "wave": wave.pk,
        "channel": channel,
        "wording": wording,
        "now": now,
        "due": pieces[0].start,
        "expires": expires_at,
        "reason": timing.reason(now),
        "size": SIZE,
        "minutes": sum(piece.seconds for piece in pieces) / 60,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE_SPREAD if timing.manner.spread else WRITE, values | placed(wave, pieces))


def count(campaign: uuid.UUID, readers: Readers) -> int:
    """How many are meant, of those who allow letters now."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, readers.values(None) | {"campaign": campaign})
        return int(cursor.fetchone()[0])


LOT = "('x' || left(md5(%(drawn)s::text || supporter.id::text), 8))::bit(32)::bigint / 4294967296.0::float8"
MEANT = f"""
       campaign_id = %(campaign)s AND agreed_at IS NOT NULL AND opted_out_at IS NULL
   AND id > %(after)s AND id <= %(until)s
   AND (%(divisions)s::text[] IS NULL OR division = ANY(%(divisions)s::text[]))
   AND (%(countries)s::text[] IS NULL OR country = ANY(%(countries)s::text[]))
   AND (%(languages)s::text[] IS NULL OR language = ANY(%(languages)s::text[]))
   AND (%(joined_from)s::timestamptz IS NULL OR joined_at >= %(joined_from)s::timestamptz)
   AND (%(joined_before)s::timestamptz IS NULL OR joined_at < %(joined_before)s::timestamptz)
   AND (%(signed)s::bool IS NULL
        OR %(signed)s::bool = EXISTS (SELECT FROM campaigns_signature AS signature
                                       WHERE signature.supporter_id = supporter.id AND signature.state = 'confirmed'))
   AND (%(written)s::bool IS NULL
        OR %(written)s::bool = EXISTS (SELECT FROM outreach_letter AS letter
                                        WHERE letter.supporter_id = supporter.id AND letter.confirmed_at IS NOT NULL))
   AND (NOT %(is_drawn)s OR {LOT} >= %(low)s AND {LOT} < %(high)s)
"""
# Whether somebody has a delivery is asked for each by itself, by the unique index: as a join it is planned as if there
# were none yet, and a wave that goes on, or is composed again, would compare all with all.
IDS = f"SELECT id FROM campaigns_supporter AS supporter WHERE {MEANT}"
COUNT = f"SELECT count(*) FROM ({IDS}) AS meant"
_WRITE = """
WITH asked AS (
  SELECT id, language, {turn} AS due_at
    FROM campaigns_supporter AS supporter
   WHERE {meant}
     AND (SELECT wave_id FROM outreach_delivery
           WHERE wave_id = %(wave)s AND channel = %(channel)s
             AND recipient = replace(supporter.id::text, '-', '') AND instead_of_id IS NULL) IS NULL
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
SELECT uuidv7(), %(campaign)s, %(step)s, %(wave)s, 'supporters', %(channel)s,
       replace(reader.id::text, '-', ''), reader.id, ids[reader.number / reader.size + 1],
       reader.number %% reader.size, %(wording)s, 'due', reader.due_at,
       %(expires)s, %(now)s, 0, '', '', '', '', '', '', %(reason)s
  FROM reader, chunks
ON CONFLICT DO NOTHING
"""
WRITE = _WRITE.format(turn="%(due)s", meant=MEANT, order="language", size="%(size)s")
WRITE_SPREAD = _WRITE.format(
    turn="(" + TURN.format(recipient="replace(supporter.id::text, '-', '')") + ")",
    meant=MEANT,
    order="due_at",
    size="greatest(1, least(%(size)s, ceil(count(*) OVER () / %(minutes)s)))::int",
)
