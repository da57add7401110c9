import hmac
from collections.abc import Iterable
from contextlib import suppress as ignoring
from datetime import datetime

from django.conf import settings
from django.db import models

from channels.domain import ascii_address


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
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    on_channel = Suppression.objects.filter(channel=channel)
    if not on_channel.exists():
        return {}
    digests = {(address, digest(address, secret)) for address in addresses if address for secret in secrets}
    rows = on_channel.extra(where=["digest = ANY (%s)"], params=[[each for _, each in digests]])
    reasons = dict(rows.values_list("digest", "reason"))
    return {address: reasons[each] for address, each in digests if each in reasons}


def digest(address: str, secret: str = "") -> str:
    """The keyed hash: the same however an address is spelt. `secret`: one from before SECRET_KEY was changed."""
    spelt = address.strip().casefold()
    with ignoring(ValueError):
        spelt = ascii_address(spelt)
    return hmac.digest((secret or settings.SECRET_KEY).encode(), spelt.encode(), "sha256").hex()
