from django.db import models
from django.db.models import Q

from outreach.delivery import Delivery


class Event(models.Model):
    """One thing that happened to a delivery: claimed, intended, answered, reported later, settled by a person.

    Append-only; `detail` keeps what was said, without personal data.
    """

    BAD_NEWS = ("bounced", "complaint", "refused")

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["at"], condition=Q(kind__in=["bounced", "complaint", "refused"]), name="bad_news")
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
