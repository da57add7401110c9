import hashlib
import uuid

from django.db import models

from outreach.incoming import Incoming
from outreach.seal import sealed, unsealed


class Attachment(models.Model):
    """A file that came with something, sealed; `sha256` is of the file as it came. Responses have those of theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField(help_text="From 1, in the order of the mail")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120, help_text="As the sender says; nobody has checked")
    content_id = models.CharField(max_length=200, blank=True, help_text="By which a letter's HTML names it")
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(help_text="Sealed")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["incoming", "number"], name="one_attachment_per_number")]

    def __str__(self) -> str:
        return f"{self.number} of {self.incoming_id}"

    @classmethod
    def of(
        cls, incoming: Incoming, number: int, content: bytes, *, name: str, media_type: str, content_id: str = ""
    ) -> "Attachment":
        """Not saved yet."""
        return cls(
            incoming=incoming,
            number=number,
            name=name[:200],
            media_type=media_type[:120],
            content_id=content_id[:200],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=sealed(content),
        )

    def opened(self) -> bytes | None:
        """The file as it came; None if the secret it was sealed with is gone."""
        return unsealed(bytes(self.content))
