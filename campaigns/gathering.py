"""Signatures gathered on paper, taken in together from one file that a person answers for."""

import uuid

from django.contrib.auth.models import AnonymousUser, User
from django.db import models

from campaigns.campaign import Campaign


class Gatherings(models.QuerySet["Gathering"]):
    def visible_to(self, user: User | AnonymousUser) -> "Gatherings":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Gathering(models.Model):
    """Signatures that were taken in together, and may be let go of together. The file itself is not kept.

    `number`: how many of its lines counted; the others had been counted before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="gatherings")
    author = models.CharField(max_length=150, help_text="Who says that these people signed")
    at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = Gatherings.as_manager()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.number} signatures on paper, taken in by {self.author}"
