from django.db import models

from outreach.delivery import Delivery


class Event(models.Model):
    """One thing that happened to a delivery: claimed, intended, answered, reported later, settled by a person.

    Append-only; `detail` keeps what was said, without personal data.
    """

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
