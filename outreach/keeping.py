"""Keeping each piece of news once. Good news of letters to supporters, which is nearly all of it, counts as it is kept;
everything else waits for `fold`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from campaigns import moment
from campaigns.address import digest
from channels.news import Kind, News

OF_THE_ADDRESS = {Kind.BOUNCED, Kind.BLOCKED, Kind.DROPPED, Kind.COMPLAINT, Kind.UNSUBSCRIBED, Kind.OTHER}
KEY_LENGTH = 32
SPECIAL = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})
STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS told (
  name text, key uuid, kind text, at timestamptz, said text, reason text, code text,
  is_dead boolean, wants_no_more boolean, is_machine boolean, digest text
) ON COMMIT DELETE ROWS
"""


@transaction.atomic
def keep(provider: str, told: Sequence[News], now: datetime) -> None:
    """Keep each piece of news once, however often it comes and whoever else is keeping it. On a virtual clock it
    happened now, for the provider's clock is the real one.
    """
    lines = "".join(_lines({each.name: each for each in reversed(told)}.values(), now))
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY told FROM STDIN") as copy:
            copy.write(lines)
        cursor.execute(KEEP, {"provider": provider, "now": now})
        cursor.execute("DELETE FROM told")


def _lines(told: Iterable[News], now: datetime) -> Iterable[str]:
    """As COPY reads them (PostgreSQL, «COPY», text format)."""
    is_virtual = moment.is_virtual()
    for each in told:
        yield (
            "\t".join(
                (
                    each.name.translate(SPECIAL),
                    _key(each.key),
                    each.kind,
                    (now if is_virtual else each.at).isoformat(),
                    each.said.translate(SPECIAL),
                    each.reason.translate(SPECIAL),
                    each.code.translate(SPECIAL),
                    "t" if each.is_dead else "f",
                    "t" if each.wants_no_more else "f",
                    "t" if each.is_machine else "f",
                    digest(each.address) if each.address and each.kind in OF_THE_ADDRESS else "",
                )
            )
            + "\n"
        )


def _key(said: str) -> str:
    """NULL, as COPY spells it, for what is no key of ours."""
    is_ours = len(said) == KEY_LENGTH and said.isascii() and said.isalnum() and said.translate(HEX) == ""
    return said if is_ours else r"\N"


HEX = str.maketrans("", "", "0123456789abcdefABCDEF")


# What came back, is wanted no more, or concerns an office's address is left to `fold`, and so is what somebody else has
# in hand. What is kept of the others in any order is the earliest moment of each kind, as `outreach.fate` has it.
KEEP = """
WITH letter AS MATERIALIZED (
  SELECT id, state, wire, sent_at, delivered_at
    FROM outreach_delivery
   WHERE id IN (SELECT key FROM told WHERE kind IN ('taken', 'delivered') AND NOT is_dead AND NOT wants_no_more)
     AND supporter_id IS NOT NULL AND digest IS NULL AND state IN ('sent', 'delivered', 'unknown')
     FOR NO KEY UPDATE SKIP LOCKED
), fresh AS (
  INSERT INTO outreach_report (provider, name, key, kind, at, said, reason, code, is_dead, wants_no_more, is_machine,
         digest, is_ours, folded_at)
  SELECT %(provider)s, name, key, kind, at, said, reason, code, is_dead, wants_no_more, is_machine, digest,
         key IS NOT NULL,
         CASE WHEN key IS NULL
                OR letter.id IS NOT NULL AND kind IN ('taken', 'delivered') AND NOT is_dead AND NOT wants_no_more
                OR kind = 'seen' AND EXISTS (SELECT FROM outreach_delivery WHERE id = key)
              THEN %(now)s::timestamptz END
    FROM told LEFT JOIN letter ON letter.id = key
   ORDER BY name
  ON CONFLICT (provider, name) DO NOTHING
  RETURNING key, kind, at, folded_at
), news AS (
  SELECT key, min(at) AS sent_at, min(at) FILTER (WHERE kind = 'delivered') AS delivered_at
    FROM fresh
   WHERE folded_at IS NOT NULL AND kind IN ('taken', 'delivered') AND key IS NOT NULL
   GROUP BY key
), changed AS (
  UPDATE outreach_delivery AS delivery
     SET state = CASE WHEN news.delivered_at IS NULL AND letter.state <> 'delivered' THEN 'sent' ELSE 'delivered' END,
         reason = '',
         sent_at = least(letter.sent_at, news.sent_at),
         delivered_at = least(letter.delivered_at, news.delivered_at)
    FROM news JOIN letter ON letter.id = news.key
   WHERE delivery.id = letter.id
     AND (letter.state = 'unknown' OR letter.state = 'sent' AND news.delivered_at IS NOT NULL
          OR least(letter.sent_at, news.sent_at) IS DISTINCT FROM letter.sent_at
          OR least(letter.delivered_at, news.delivered_at) IS DISTINCT FROM letter.delivered_at)
  RETURNING delivery.id, delivery.state, letter.state AS before, letter.wire,
            coalesce(news.delivered_at, news.sent_at) AS at
)
INSERT INTO outreach_event (delivery_id, kind, at, detail)
SELECT id, state, at, jsonb_build_object('how', coalesce(nullif(wire, ''), 'the provider') || ' told us')
  FROM changed WHERE state <> before
"""
