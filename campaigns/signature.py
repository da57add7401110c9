from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models
from django.db.models import Q

from campaigns.campaign import Campaign
from campaigns.sealed_text import SealedText
from campaigns.supporter import Supporter


class Signatures(models.QuerySet["Signature"]):
    def visible_to(self, user: User | AnonymousUser) -> "Signatures":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def counted(self) -> "Signatures":
        return self.filter(state=Signature.State.CONFIRMED)


class Signature(models.Model):
    """A supporter's name under a campaign. It counts once the address is confirmed, until it is taken back.

    `marks`: what made it look less than genuine, in words of machines; for staff only. `network`: a salted hash of
    where it came from, forgotten after some days.
    """

    class State(models.TextChoices):
        PENDING = "pending"  # nobody has pressed the button behind the link in the mail yet
        CONFIRMED = "confirmed"
        INVALIDATED = "invalidated"  # taken out in a batch, which can be undone
        WITHDRAWN = "withdrawn"  # by the person: taken back, or «it was not me»

    MOVES: dict[str, set[State]] = {
        State.PENDING: {State.CONFIRMED, State.INVALIDATED, State.WITHDRAWN},
        State.CONFIRMED: {State.INVALIDATED, State.WITHDRAWN},
        State.INVALIDATED: {State.CONFIRMED, State.PENDING, State.WITHDRAWN},
        State.WITHDRAWN: {State.PENDING},  # they sign again
    }

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="signatures", db_index=False)
    supporter = models.OneToOneField(Supporter, models.CASCADE, related_name="signature")
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    is_public = models.BooleanField(default=False, help_text="Whether the name may be shown")
    comment = SealedText(blank=True)
    network = models.CharField(max_length=32, blank=True)
    marks = models.JSONField(default=list, blank=True)
    signed_at = models.DateTimeField()
    invalidation = models.ForeignKey(
        "campaigns.Invalidation", models.SET_NULL, null=True, related_name="signatures", db_index=False
    )
    gathering = models.ForeignKey(
        "campaigns.Gathering", models.PROTECT, null=True, related_name="signatures", db_index=False
    )
    sheet = models.PositiveIntegerField(null=True, help_text="On paper: number of the sheet")
    row = models.PositiveSmallIntegerField(null=True, help_text="On paper: row of the sheet")
    place = SealedText(blank=True, help_text="On paper: where they live, as they wrote it")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Signatures.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["campaign", "-confirmed_at"], condition=Q(state="confirmed"), name="newest_signed"),
            models.Index(fields=["campaign", "state"], name="signatures_by_state"),
            BrinIndex(fields=["signed_at"], autosummarize=True, name="signatures_by_time"),
            models.Index(fields=["campaign", "network"], condition=~Q(network=""), name="signatures_by_network"),
            models.Index(fields=["invalidation"], condition=~Q(invalidation=None), name="signatures_taken_out"),
            models.Index(fields=["gathering"], condition=~Q(gathering=None), name="signatures_on_paper"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "sheet", "row"],
                condition=Q(sheet__isnull=False) & ~Q(state="withdrawn"),
                name="one_signature_per_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    def confirm(self, now: datetime) -> bool:
        """Somebody who reads the mail of that address pressed the button. False if it was so before, or is over.

        While it is taken out this is noted, and counts once it is put back.
        """
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM, {"id": self.pk, "now": now})
            is_new = bool(cursor.rowcount == 1)
            if not is_new:
                cursor.execute(NOTE, {"id": self.pk, "now": now})
        self.refresh_from_db(fields=["state", "confirmed_at"])
        return is_new

    def withdraw(self, now: datetime) -> bool:
        """The person takes it back. False if it was so before."""
        with connection.cursor() as cursor:
            cursor.execute(WITHDRAW, {"id": self.pk, "now": now})
            is_new = bool(cursor.rowcount == 1)
        self.refresh_from_db(fields=["state", "ended_at"])
        return is_new

    def forget(self) -> None:
        """Keep nothing of whose it was. Whether it counts stays as it is."""
        self.is_public, self.comment, self.network, self.marks, self.place = False, "", "", [], ""
        self.save(update_fields=["is_public", "comment", "network", "marks", "place"])


CONFIRM = """
WITH confirmed AS (
  UPDATE campaigns_signature SET state = 'confirmed', confirmed_at = %(now)s
   WHERE id = %(id)s AND state = 'pending' RETURNING campaign_id
)
INSERT INTO campaigns_tally (campaign_id, change) SELECT campaign_id, 1 FROM confirmed
"""
NOTE = """
UPDATE campaigns_signature SET confirmed_at = %(now)s
 WHERE id = %(id)s AND state = 'invalidated' AND confirmed_at IS NULL
"""
WITHDRAW = """
WITH before AS (
  SELECT id, state FROM campaigns_signature WHERE id = %(id)s AND state <> 'withdrawn' FOR UPDATE
), withdrawn AS (
  UPDATE campaigns_signature AS signature SET state = 'withdrawn', ended_at = %(now)s
    FROM before WHERE signature.id = before.id RETURNING campaign_id, before.state
)
INSERT INTO campaigns_tally (campaign_id, change)
SELECT campaign_id, CASE WHEN state = 'confirmed' THEN -1 ELSE 0 END FROM withdrawn
"""
