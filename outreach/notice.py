import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.supporter import Supporter

MOST_ATTEMPTS = 8


class Notices(models.QuerySet["Notice"]):
    def due(self, now: datetime, real_now: datetime) -> "Notices":
        """Those to be sent, and those whose sender has not been heard of since its lease ended."""
        left_behind = Q(state=Notice.State.SENDING, lease_until__lt=real_now)
        return self.filter(Q(state=Notice.State.DUE, due_at__lte=now) | left_behind)

    def asked(self, supporter: Supporter, kind: str, since: datetime) -> bool:
        """Whether they were sent such a notice since then, so that nobody fills a mailbox through our forms."""
        return self.filter(supporter=supporter, kind=kind, created_at__gt=since).exists()


class Notice(models.Model):
    """A mail to one person about what they just did: confirm it, it is done already, here is your data.

    It has no step and no deadline, and it is sent at least once: one that a crash left unsettled is sent again. Its
    words are made when it leaves and are not kept.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm"
        ALREADY = "already"
        DATA = "data"  # the link to what we know of them
        REPLY = "reply"  # what an office answered to the supporter's letter; `about` names the reply
        LETTER = "letter"  # confirm the letters of one form, which `about` names

    class State(models.TextChoices):
        DUE = "due"
        SENDING = "sending"
        SENT = "sent"
        REFUSED = "refused"
        SUPPRESSED = "suppressed"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="notices", db_index=False)
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.UUIDField(null=True, help_text="The letter or batch it is about, if it is about one")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    token = models.UUIDField(null=True, help_text="Fence: only the holder of the newest claim may settle")
    lease_until = models.DateTimeField(null=True, help_text="Real time")
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["due", "sending"]), name="notices_to_send"),
            models.Index(fields=["campaign", "state"], name="notices_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.supporter_id}: {self.state}"

    def wait_after(self) -> timedelta:
        """How long to leave a server that could not take it alone: longer after each attempt, an hour at the most."""
        return min(timedelta(hours=1), timedelta(seconds=15 * 2.0**self.attempts))
