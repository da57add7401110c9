from collections.abc import Iterable
from datetime import datetime

from django.db import models

from campaigns.address import digest, digests


class Suppression(models.Model):
    """An address we must not use, and why. The address itself is not kept, only its keyed hash."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="one_suppression_per_address")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.reason}"


def suppress(channel: str, address: str, reason: str, now: datetime) -> None:
    """Never write to `address` on `channel` again."""
    Suppression.objects.get_or_create(channel=channel, digest=digest(address), defaults={"reason": reason, "at": now})


def suppressed(channel: str, addresses: Iterable[str]) -> dict[str, str]:
    """Those of `addresses` that must not be used on `channel`, each with the reason."""
    on_channel = Suppression.objects.filter(channel=channel)
    if not on_channel.exists():
        return {}
    asked = {(address, each) for address in addresses if address for each in digests(address)}
    rows = on_channel.extra(where=["digest = ANY (%s)"], params=[[each for _, each in asked]])
    reasons = dict(rows.values_list("digest", "reason"))
    return {address: reasons[each] for address, each in asked if each in reasons}
