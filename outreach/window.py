"""A window of a claimed chunk: the few whose letters may leave now. One statement intends it, and writes down what the
wire answered about those before it, so that a worker waits for the database once and not a dozen times.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from outreach.chunk_claim import Claimed, Reader
from outreach.claim import LEASE
from outreach.journal import INSERT, Line, as_json
from outreach.suppression import suppressed


class Intended(NamedTuple):
    """What came of it. `is_ours`: False if the claim was taken over, or a hold has come: nothing was intended.

    `left_out`: readers who may not be written to any more, with the reason. `is_held`: whether holds on domains stand,
    so that each reader's has to be looked at.
    """

    is_ours: bool
    left_out: dict[UUID, str]
    is_held: bool


def intend(
    claimed: Claimed, readers: Sequence[Reader], until: int, lines: Iterable[Line], now: datetime, real_now: datetime
) -> Intended:
    """Say that the wire may get as far as place `until`, having looked once more at who of `readers` allows it.

    `lines` are written down in any case.
    """
    chunk = claimed.chunk
    values: dict[str, Any] = {
        "lines": as_json(lines),
        "chunk": chunk.pk,
        "token": chunk.token,
        "until": until,
        "lease": real_now + LEASE,
        "now": now,
        "campaign": chunk.campaign_id,
        "step": chunk.step_id,
        "mailing": chunk.wave.mailing_id,
        "channel": chunk.channel,
        "supporters": f"{{{','.join(reader.supporter.hex for reader in readers)}}}",
    }
    with connection.cursor() as cursor:
        cursor.execute(INTEND, values)
        is_ours, gone, newest, is_held = cursor.fetchone() or (False, [], 0, False)
    if is_ours:
        chunk.intended = until
    left_out = dict.fromkeys(gone, "Opted out")
    if newest != claimed.suppressions:
        must_not = suppressed(chunk.channel, (reader.email for reader in readers))
        left_out |= {reader.supporter: must_not[reader.email] for reader in readers if reader.email in must_not}
    return Intended(is_ours, left_out, is_held)


INTEND = f"""
WITH answer AS ({INSERT} FROM json_array_elements(%(lines)s::json) AS line
), standing AS (
  SELECT * FROM campaigns_hold
   WHERE lifted_at IS NULL AND (until IS NULL OR until > %(now)s) AND addressee_id IS NULL
     AND (campaign_id IS NULL OR campaign_id = %(campaign)s) AND (step_id IS NULL OR step_id = %(step)s)
     AND (mailing_id IS NULL OR mailing_id = %(mailing)s)
     AND channel IN ('', %(channel)s)
), ours AS (
  UPDATE outreach_chunk SET intended = %(until)s, lease_until = %(lease)s
   WHERE id = %(chunk)s AND token = %(token)s AND state = 'claimed'
     AND NOT EXISTS (SELECT FROM standing WHERE domain = '')
     AND NOT EXISTS (SELECT FROM campaigns_mailing WHERE id = %(mailing)s AND state = 'stopped')
  RETURNING id
)
SELECT EXISTS (SELECT FROM ours),
       ARRAY(SELECT wanted FROM unnest(%(supporters)s::uuid[]) AS wanted
              WHERE (SELECT agreed_at IS NOT NULL AND opted_out_at IS NULL
                       FROM campaigns_supporter WHERE id = wanted) IS NOT TRUE),
       coalesce((SELECT max(id) FROM outreach_suppression), 0),
       EXISTS (SELECT FROM standing WHERE domain <> '')
"""
