"""What all workers together may still take of a rate, remembered in PostgreSQL: a row for each account or domain.

The rule is the generic cell rate algorithm (ITU-T I.371): a row holds the instant at which its bucket is full again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import F

from channels.rate import Rate

BACKWARDS = timedelta(hours=1)
"""A clock that is behind the last one by more was set back, as when a demonstration begins anew: it is believed."""


class Bucket(models.Model):
    """`name` says whose rate it is; `full_at` is campaign time, like everything that `due_at` is compared with."""

    name = models.CharField(max_length=320, primary_key=True)
    full_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: full at {self.full_at}"


@dataclass(frozen=True, slots=True)
class Taken:
    """`granted`: how many may go now. `until`: when the next one can (UTC)."""

    granted: int
    until: datetime


def take(name: str, rate: Rate, wanted: int, now: datetime, *, reserve: int = 0) -> Taken:
    """As many of `wanted` as the bucket has, at once and for good, whoever else asks at the same time.

    `reserve`: how many to leave for others, who are in more of a hurry. Where the caller is in a transaction, others
    who ask this bucket wait for its end; who takes from several must go through them in the order of their names.
    """
    asked: dict[str, Any] = {
        "name": name,
        "now": now,
        "wanted": wanted,
        "interval": rate.interval,
        "brim": rate.at_once * rate.interval + rate.slack,
        "reserve": reserve,
        "backwards": BACKWARDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        if (taken := cursor.fetchone()) is None:
            cursor.execute(FILL, asked)
            cursor.execute(TAKE, asked)
            taken = cursor.fetchone()
    granted, full_at = taken
    return Taken(granted, max(now, full_at - (rate.at_once - reserve - 1) * rate.interval - rate.slack))


def give_back(name: str, rate: Rate, number: int) -> None:
    """Return what was taken and turned out not to be needed. Only in the transaction that took it."""
    if number:
        Bucket.objects.filter(name=name).update(full_at=F("full_at") - number * rate.interval)


FILL = "INSERT INTO outreach_bucket (name, full_at) VALUES (%(name)s, %(now)s) ON CONFLICT DO NOTHING"
TAKE = """
UPDATE outreach_bucket AS bucket
   SET full_at = locked.level + locked.granted * %(interval)s::interval
  FROM (SELECT name, greatest(level, %(now)s) AS level, greatest(0, least(%(wanted)s, floor(
               extract(epoch FROM %(now)s + %(brim)s::interval - greatest(level, %(now)s))
               / extract(epoch FROM %(interval)s::interval)) - %(reserve)s))::int AS granted
          FROM (SELECT name, CASE WHEN full_at > %(now)s + %(brim)s::interval + %(backwards)s::interval
                                  THEN %(now)s + %(brim)s::interval ELSE full_at END AS level
                  FROM outreach_bucket WHERE name = %(name)s FOR UPDATE) AS row) AS locked
 WHERE bucket.name = locked.name
RETURNING locked.granted, bucket.full_at
"""
