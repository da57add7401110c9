"""What providers told that belongs to no message of ours: kept, and shown, for it may mean that something is amiss."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from outreach.report import Report


@dataclass(frozen=True, slots=True)
class Loose:
    """How often a provider said this of nothing we know, from when to when. `reason`: the last one it gave, if any."""

    provider: str
    said: str
    number: int
    first_at: datetime
    last_at: datetime
    reason: str


def loose_news() -> list[Loose]:
    """By provider and by its own word for it; the most frequent first."""
    rows = Report.objects.filter(is_ours=False).order_by().values("provider", "said")
    counted = rows.annotate(number=Count("id"), first_at=Min("at"), last_at=Max("at"), reason=Max("reason"))
    return [Loose(**row) for row in counted.order_by("-number", "provider", "said")]
