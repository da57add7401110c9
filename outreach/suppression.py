import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models


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
    by_digest = {digest(address): address for address in addresses if address}
    rows = Suppression.objects.filter(channel=channel, digest__in=by_digest).values_list("digest", "reason")
    return {by_digest[found]: reason for found, reason in rows}


def digest(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), address.strip().casefold().encode(), hashlib.sha256).hexdigest()
