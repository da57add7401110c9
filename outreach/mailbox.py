from datetime import datetime, timedelta

from django.db import models


class Mailbox(models.Model):
    """A mailbox on an IMAP server, and how far it has been read. The mails stay there."""

    name = models.CharField(primary_key=True, max_length=300, help_text="user@host:port/folder")
    validity = models.BigIntegerField(default=0, help_text="UIDVALIDITY: with another one numbers begin anew")
    uid = models.BigIntegerField(default=0, help_text="The last number that was taken in")
    taken = models.BigIntegerField(default=0, help_text="How many were taken in, ever")
    polled_at = models.DateTimeField(null=True, help_text="Real time")
    problem = models.TextField(blank=True, help_text="Why it could not be read lately")

    def __str__(self) -> str:
        return self.name

    def is_due(self, real_now: datetime, every: timedelta) -> bool:
        return self.polled_at is None or self.polled_at + every <= real_now
