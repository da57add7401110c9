import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Max

from campaigns.campaign import Campaign


class Version(models.Model):
    """What a campaign said from one loading to the next, and what that loading changed. Never changed itself.

    `digest` is the SHA-256 of everything the campaign says (campaigns.folder.digest), the same for a folder and for the
    document that says the same over the API.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    changes = models.JSONField(help_text="A sentence for each thing that became different")
    is_live = models.BooleanField(default=False, help_text="The campaign was public already")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.campaign_id} version {self.number}"


def record_version(campaign: Campaign, digest: str, changes: Iterable[object], author: str, now: datetime) -> Version:
    """The next version of a campaign whose row the caller has locked."""
    newest = campaign.versions.aggregate(newest=Max("number"))["newest"] or 0
    return Version.objects.create(
        campaign=campaign,
        number=newest + 1,
        author=author,
        at=now,
        digest=digest,
        changes=[str(change) for change in changes],
        is_live=campaign.published_at is not None,
    )
