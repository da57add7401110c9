import uuid

from django.db import models

from campaigns.campaign import Campaign


class Supporters(models.QuerySet["Supporter"]):
    def reachable(self) -> "Supporters":
        """Those who allowed us to write to them and have not opted out."""
        return self.filter(agreed_at__isnull=False, opted_out_at=None)


class Supporter(models.Model):
    """A person who takes part in a campaign, and may opt out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="supporters")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=320)
    language = models.CharField(max_length=12)
    joined_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, help_text="When they allowed messages about this campaign")
    opted_out_at = models.DateTimeField(null=True)

    objects = Supporters.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "email"], name="one_supporter_per_email")]

    def __str__(self) -> str:
        return str(self.pk)
