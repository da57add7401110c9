import uuid

from django.db import models

from campaigns.campaign import Campaign


class Demand(models.Model):
    """One thing asked; answered separately."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="demands")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()
    text = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="one_demand_per_key")]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"
