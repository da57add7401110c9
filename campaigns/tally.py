"""How many have signed, kept as changes that are only ever added, so that signing locks nothing that others need."""

import uuid
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Sum

from campaigns.campaign import Campaign
from campaigns.ladder import Ladder


class Tally(models.Model):
    """One change of a campaign's count, or the sum of many. The count is their sum."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tallies", db_index=False)
    change = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["campaign"], include=["change"], name="tallies_of_a_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.change:+}"


def count(campaign: uuid.UUID) -> int:
    """How many confirmed signatures a campaign has now."""
    total: int | None = Tally.objects.filter(campaign=campaign).aggregate(total=Sum("change"))["total"]
    return total or 0


def count_for(ladder: Ladder, campaign: uuid.UUID) -> int:
    """How many signatures its steps are judged by; 0, without looking, where none asks for any."""
    return count(campaign) if any(rung.condition.signatures for rung in ladder) else 0


def is_long(most: int = 1000) -> bool:
    """Whether there are so many changes that summing them up would pay."""
    return Tally.objects.count() > most


@transaction.atomic
def sum_up() -> int:
    """Put the changes of each campaign together in one row. Counts stay what they are, also while it is done."""
    with connection.cursor() as cursor:
        cursor.execute(SUM_UP)
        return int(cursor.rowcount)


SUM_UP = """
WITH gone AS (
  DELETE FROM campaigns_tally WHERE id IN (SELECT id FROM campaigns_tally FOR UPDATE SKIP LOCKED)
  RETURNING campaign_id, change
)
INSERT INTO campaigns_tally (campaign_id, change) SELECT campaign_id, sum(change) FROM gone GROUP BY campaign_id
"""


def add(changes: dict[uuid.UUID, int]) -> None:
    """Write down changes of several campaigns."""
    rows: list[Any] = [Tally(campaign_id=campaign, change=change) for campaign, change in changes.items() if change]
    Tally.objects.bulk_create(rows)
