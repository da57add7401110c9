"""Each message's turn where a wave is spread: decided when it is composed, by names that do not change.

`TURN` is the same rule as `campaigns.spread.turn` for PostgreSQL, so that a million rows are placed in one statement;
its parameters are `placed(pieces)` and `named`, what comes before the recipient's name.
"""

from collections.abc import Sequence
from typing import Any

from campaigns.spread import Piece
from campaigns.wave import Wave


def names_of(wave: Wave, recipient: str) -> tuple[str, ...]:
    """What a message is known by, here and in a rehearsal alike: campaign, step or mailing, reminder, recipient."""
    return wave.campaign.slug, wave.name, str(wave.reminder), recipient


def placed(wave: Wave, pieces: Sequence[Piece]) -> dict[str, Any]:
    """The parameters of `TURN` for one wave."""
    return {
        "named": "/".join(names_of(wave, "")),
        "shares": [piece.share for piece in pieces],
        "widths": [piece.width for piece in pieces],
        "starts": [piece.start for piece in pieces],
        "seconds": [piece.seconds for piece in pieces],
    }


TURN = """
SELECT (%(starts)s::timestamptz[])[piece]
       + floor((share - (%(shares)s::float8[])[piece]) / (%(widths)s::float8[])[piece]
               * (%(seconds)s::float8[])[piece]) * interval '1 second'
  FROM (SELECT share, width_bucket(share, %(shares)s::float8[]) AS piece
          FROM (SELECT ('x' || left(md5(%(named)s || {recipient}), 8))::bit(32)::bigint / 4294967296.0::float8)
               AS made(share)) AS counted
"""
"""Answers when the message to `{recipient}`, an SQL expression, may leave."""
