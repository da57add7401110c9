import uuid

from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.mailing import Mailing


class Wordings(models.QuerySet["Wording"]):
    def current(self) -> "Wordings":
        return self.filter(replaced_at=None)

    def of_the_folder(self) -> "Wordings":
        """Those that a campaign folder says; what mailings say is written elsewhere."""
        return self.filter(mailing=None)

    def usable(self) -> "Wordings":
        return self.current().filter(status=Wording.Status.APPROVED)


class Wording(models.Model):
    """One version of the text of a step for one channel and language. Never edited: a new version replaces it."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        REVIEWED = "reviewed"
        APPROVED = "approved"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="wordings")
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="texts", help_text="It belongs to")
    name = models.SlugField(max_length=60, help_text="The step's key, or the name of a reminder's wording")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.APPROVED)
    subject = models.TextField(blank=True)
    body = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = Wordings.as_manager()

    class Meta:
        ordering = ["name", "channel", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name", "channel", "language"],
                condition=Q(replaced_at=None),
                name="one_current_version_of_a_wording",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}/{self.channel}.{self.language} v{self.version}"
