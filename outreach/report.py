from django.db import models
from django.db.models import Q

from channels.news import Kind, News


class Report(models.Model):
    """One piece of news from a provider, kept once however often it was told. Without personal data.

    `key` is that of a delivery, or of a recipient of bulk mail; empty if it is about none of our messages.
    """

    id = models.BigAutoField(primary_key=True)
    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    key = models.UUIDField(null=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    at = models.DateTimeField()
    said = models.CharField(max_length=60)
    reason = models.TextField()
    code = models.CharField(max_length=20)
    is_dead = models.BooleanField()
    wants_no_more = models.BooleanField()
    is_machine = models.BooleanField(default=False, db_default=False, help_text="Seen by a program, it seems")
    digest = models.CharField(
        max_length=64, help_text="Keyed hash of the recipient's address, if there is something to suppress"
    )
    folded_at = models.DateTimeField(null=True)
    is_ours = models.BooleanField(default=True, help_text="Whether there is a message it is about")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="a_report_counts_once")]
        indexes = [
            models.Index(fields=["key"], name="reports_of_a_message"),
            models.Index(fields=["id"], condition=Q(folded_at=None), name="reports_to_fold"),
            models.Index(fields=["said"], condition=Q(is_ours=False), name="reports_of_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.said}"

    def news(self) -> News:
        """As it was told, but for the address."""
        return News(
            name=self.name,
            kind=Kind(self.kind),
            at=self.at,
            said=self.said,
            reason=self.reason,
            code=self.code,
            is_dead=self.is_dead,
            wants_no_more=self.wants_no_more,
            is_machine=self.is_machine,
        )
