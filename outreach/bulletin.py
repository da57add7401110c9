"""What providers post to us, kept as it came before anybody reads it."""

import zlib
from datetime import datetime
from hashlib import sha256

from django.db import connection, models
from django.db.models import Q

from outreach.seal import sealed, unsealed

QUICKLY = 1  # of zlib's levels: bulletins say the same words again and again
PACKED = b"\x78\x01"  # how what it packed begins; a bulletin from before bulletins were packed is JSON
KEEP = """
INSERT INTO outreach_bulletin AS kept (provider, sha256, body, received_at, problem)
VALUES (%(provider)s, %(sha256)s, %(body)s, %(at)s, '')
ON CONFLICT (provider, sha256) DO UPDATE SET body = EXCLUDED.body, read_at = NULL, problem = '', set_aside_at = NULL
 WHERE kept.problem <> ''
"""


class Bulletins(models.QuerySet["Bulletin"]):
    def unreadable(self) -> "Bulletins":
        """What waits for a person, the oldest first."""
        return self.exclude(problem="").filter(set_aside_at=None).order_by("id").defer("body")


class Bulletin(models.Model):
    """What a provider posted to us in one go, byte for byte and sealed, for it names people.

    Kept for a few days once it was read; if it could not be, until a person sets it aside.
    """

    id = models.BigAutoField(primary_key=True)
    provider = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, null=True, help_text="Of the body, so that a repetition is known")
    body = models.BinaryField(help_text="Packed and sealed")
    received_at = models.DateTimeField(help_text="Real time")
    read_at = models.DateTimeField(null=True, help_text="Real time")
    problem = models.TextField(blank=True, help_text="Why it could not be read")
    set_aside_by = models.CharField(max_length=150, blank=True, db_default="", help_text="Who has looked at it")
    set_aside_at = models.DateTimeField(null=True, help_text="Real time")

    objects = Bulletins.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "sha256"], name="a_bulletin_is_kept_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(read_at=None), name="unread_bulletins"),
            models.Index(fields=["id"], condition=~Q(problem=""), name="unreadable_bulletins"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} at {self.received_at}"

    def read_again(self) -> bool:
        """Let a worker try once more. False if it was read, or set aside."""
        again = Bulletin.objects.unreadable().filter(pk=self.pk).update(problem="", read_at=None)
        self.refresh_from_db()
        return again == 1

    def set_aside(self, by: str, real_now: datetime) -> bool:
        """A person has looked, and nothing in it is wanted. False if it was read, or set aside before."""
        rows = Bulletin.objects.unreadable().filter(pk=self.pk)
        aside = rows.update(set_aside_by=by, set_aside_at=real_now)
        self.refresh_from_db()
        return aside == 1

    def content(self) -> bytes | None:
        """The body as it was posted; None if it was sealed with a SECRET_KEY that is gone."""
        opened = unsealed(bytes(self.body))
        return zlib.decompress(opened) if opened and opened.startswith(PACKED) else opened


def keep_bulletin(provider: str, body: bytes, received_at: datetime) -> None:
    """Keep what was posted, once however often it is; one that could not be read is given another chance."""
    said: dict[str, str | bytes | datetime] = {
        "provider": provider,
        "sha256": sha256(body).hexdigest(),
        "body": sealed(zlib.compress(body, QUICKLY)),
        "at": received_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, said)
