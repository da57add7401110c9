import uuid
from datetime import datetime

from django.db import models
from django.db.models import Count, Q

from campaigns.address import DigestOf, DomainOf, digests
from campaigns.campaign import Campaign
from campaigns.mailbox import MailboxOf, mailboxes
from campaigns.sealed_text import SealedText


class Supporters(models.QuerySet["Supporter"]):
    def reachable(self) -> "Supporters":
        """Those who allowed us to write to them and have not opted out."""
        return self.filter(agreed_at__isnull=False, opted_out_at=None)

    def at(self, email: str) -> "Supporters":
        """Who has this address, however it is spelt, or another one of the same mailbox."""
        return self.filter(Q(email_digest__in=digests(email)) | Q(mailbox_digest__in=mailboxes(email)))

    def by_division(self) -> dict[str, int]:
        """How many of them are represented where."""
        known = self.exclude(division="").order_by()
        return dict(known.values("division").annotate(number=Count("pk")).values_list("division", "number"))


class Supporter(models.Model):
    """A person who takes part in a campaign, and may opt out.

    Name and address are sealed in the database. They are found by the address's keyed hash, and by its domain.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="supporters", db_index=False)
    name = SealedText(blank=True)
    email = SealedText()
    email_digest = DigestOf("email")
    email_domain = DomainOf("email")
    mailbox_digest = MailboxOf("email", db_default="")
    language = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)
    postcode = SealedText(blank=True)
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, help_text="When the address was proven to be theirs")
    agreed_at = models.DateTimeField(null=True, help_text="When they allowed messages about this campaign")
    opted_out_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True, help_text="Since when we do not know any more who it was")
    division = models.CharField(max_length=80, blank=True, help_text="Where they are represented; empty if not known")
    chose_division = models.BooleanField(default=False, db_default=False, help_text="They said it themselves")

    objects = Supporters.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email_digest"],
                condition=~Q(email_digest=""),
                name="one_supporter_per_email",
            ),
            models.UniqueConstraint(
                fields=["campaign", "mailbox_digest"],
                condition=~Q(mailbox_digest=""),
                name="one_supporter_per_mailbox",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "id"], name="supporters_in_order"),
            models.Index(fields=["campaign", "email_domain"], name="supporters_by_domain"),
            models.Index(fields=["mailbox_digest"], condition=~Q(mailbox_digest=""), name="supporters_by_mailbox"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def opt_out(self, now: datetime) -> bool:
        """They want no more letters of this campaign. False if they had said so before."""
        return self._opted_out_at(now, before=None)

    def opt_in_again(self) -> bool:
        """They want them after all, as they had agreed to. False if they had not opted out."""
        return self.opted_out_at is not None and self._opted_out_at(None, before=self.opted_out_at)

    def forget(self, now: datetime) -> None:
        """Keep nothing by which they could be known: what they did still counts, without a name."""
        self.name = self.email = self.postcode = self.division = ""
        self.chose_division, self.forgotten_at = False, now
        hashes = ["email_digest", "email_domain", "mailbox_digest"]
        self.save(update_fields=["name", "email", *hashes, "postcode", "division", "chose_division", "forgotten_at"])

    def _opted_out_at(self, at: datetime | None, *, before: datetime | None) -> bool:
        if not Supporter.objects.filter(pk=self.pk, opted_out_at=before).update(opted_out_at=at):
            return False
        self.opted_out_at = at
        return True
