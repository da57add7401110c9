import hmac
import secrets
from collections.abc import Mapping

from django.db import models

from campaigns.campaign import Campaign
from outreach.evidence.canonical import canonical, read
from outreach.evidence.chain import Line, line_of
from outreach.seal import sealed, unsealed


class Evidence(models.Model):
    """One entry of a campaign's evidence log. The database refuses to change or delete it.

    `content` is the line of the chain, byte for byte; the other columns repeat parts of it, to be searched by.
    """

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="evidence", db_index=False)
    number = models.PositiveIntegerField(help_text="Within the campaign, from 1")
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=40, help_text="The id of what it is about")
    addressee = models.CharField(max_length=80, blank=True, help_text="The key of whom it concerns, if one")
    content = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["campaign", "number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="one_entry_of_a_number")]
        indexes = [
            models.Index(fields=["campaign", "kind", "about"], name="evidence_about"),
            models.Index(fields=["campaign", "addressee"], name="evidence_of_an_addressee"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}: {self.hash[:8]}"

    @property
    def line(self) -> Line:
        return line_of(self.content.encode())


class EvidenceSalt(models.Model):
    """What opens the commitments of an entry. Erased, nobody can tell what it committed to; the chain holds."""

    SIZE = 32
    KEPT = ("address", "by", "domain", "left_out", "lifted_by")  # which may change where they stand, or go

    entry = models.OneToOneField(Evidence, models.CASCADE, primary_key=True, related_name="salt")
    secret = models.BinaryField()
    kept = models.BinaryField(default=b"", help_text="Sealed: short values that would be lost otherwise")

    def __str__(self) -> str:
        return f"salt of {self.entry_id}"

    @classmethod
    def new(cls) -> bytes:
        return secrets.token_bytes(cls.SIZE)

    @classmethod
    def of(cls, entry: Evidence, secret: bytes, values: Mapping[str, str]) -> "EvidenceSalt":
        """Not saved yet."""
        short = {name: value for name, value in values.items() if name in cls.KEPT}
        return cls(entry=entry, secret=secret, kept=sealed(canonical(short)) if short else b"")

    @property
    def values(self) -> dict[str, str]:
        """What is kept here; nothing, if the secret it was sealed with is gone."""
        packed = unsealed(bytes(self.kept)) if self.kept else None
        return read(packed) if packed else {}


def salt_of(secret: bytes, field: str) -> bytes:
    """Each field has a salt of its own, so that one can be opened and the others stay closed."""
    return hmac.digest(secret, field.encode(), "sha256")


def forget(entries: Mapping[str, object]) -> int:
    """Erase what opens the entries found by these conditions; what they say openly, and the chain, stay."""
    return EvidenceSalt.objects.filter(**{f"entry__{name}": value for name, value in entries.items()}).delete()[0]
