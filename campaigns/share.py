"""How often people opened an app to share a campaign: what they meant to do. What came of it, nobody here knows.

Like a campaign's count it is kept as changes that are only ever added. It names nobody, and no moment.
"""

import uuid

from django.db import connection, models, transaction
from django.db.models import Sum

from campaigns.campaign import Campaign

EMAIL, WHATSAPP, TELEGRAM, X, BLUESKY, MASTODON = "email", "whatsapp", "telegram", "x", "bluesky", "mastodon"
APPS = {
    EMAIL: "Email",
    WHATSAPP: "WhatsApp",
    TELEGRAM: "Telegram",
    X: "X",
    BLUESKY: "Bluesky",
    MASTODON: "Mastodon",
}
MANY = 100  # rows of one app that are worth being summed up


class Share(models.Model):
    """One time an app was opened to share a campaign, or the sum of many."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="shares", db_index=False)
    app = models.CharField(max_length=12, choices=APPS)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["campaign", "app"], include=["number"], name="shares_of_a_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.app} {self.number}"


def note_share(campaign: uuid.UUID, app: str) -> None:
    """One more. Raises ValueError for an app that is not one of APPS."""
    if app not in APPS:
        raise ValueError(f"{app} is none of {', '.join(APPS)}")
    Share.objects.create(campaign_id=campaign, app=app)


def opened(campaign: uuid.UUID) -> dict[str, int]:
    """How often each app was opened to share it; every app is there."""
    rows = Share.objects.filter(campaign=campaign).values_list("app").annotate(total=Sum("number"))
    return dict.fromkeys(APPS, 0) | dict(rows)


def is_long() -> bool:
    """Whether there are so many rows that summing them up would pay."""
    return Share.objects.values("campaign", "app").annotate(rows=models.Count("id")).filter(rows__gt=MANY).exists()


@transaction.atomic
def sum_up() -> int:
    """Put what was added together, one row for each campaign and app. The sums stay what they are meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(SUM_UP)
        return int(cursor.rowcount)


SUM_UP = """
WITH gone AS (
  DELETE FROM campaigns_share WHERE id IN (SELECT id FROM campaigns_share FOR UPDATE SKIP LOCKED)
  RETURNING campaign_id, app, number
)
INSERT INTO campaigns_share (campaign_id, app, number)
SELECT campaign_id, app, sum(number) FROM gone GROUP BY campaign_id, app
"""
