import uuid

from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.supporter import Supporter


class PartnerShare(models.Model):
    """Somebody whose name and address a partner was given, and until when it may have them.

    `id` is what the partner knows the person by: it names nobody, and stays when we do not know them any more.
    """

    class Reason(models.TextChoices):
        WITHDRAWN = "withdrawn"  # they took the consent back
        ERASED = "erased"  # they asked us to forget them
        NOT_COUNTED = "not counted"  # the signature was taken back or taken out

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="shares")
    partner = models.CharField(max_length=60, help_text="The partner's key in the campaign")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="Since when the partner is told to delete them")
    reason = models.CharField(max_length=12, choices=Reason, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supporter", "partner"], name="one_share_with_a_partner")]
        indexes = [models.Index(fields=["campaign", "partner"], condition=~Q(ended_at=None), name="shares_that_ended")]

    def __str__(self) -> str:
        return f"{self.supporter_id} with {self.partner}"
