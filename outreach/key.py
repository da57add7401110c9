import hashlib
import secrets
import uuid
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models

PREFIX = "outreach_"


class ApiKey(models.Model):
    """A key for the API. Shown once, stored as its hash, limited to reading if wanted, revocable."""

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.WRITE)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: User, name: str, scope: str, now: datetime) -> tuple["ApiKey", str]:
        """A new key and its secret, which nobody can read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(user=user, name=name, scope=scope, digest=_digest(secret), created_at=now), secret

    @classmethod
    def find(cls, secret: str) -> "ApiKey | None":
        """The key this secret opens, if it stands."""
        return (
            cls.objects.select_related("user")
            .filter(digest=_digest(secret), revoked_at=None, user__is_active=True)
            .first()
        )

    def revoke(self, now: datetime) -> bool:
        return ApiKey.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=now) == 1


class StoredReply(models.Model):
    """The answer given to a POST with an Idempotency-Key, given again when the same request comes again.

    Convention: draft-ietf-httpapi-idempotency-key-header. `fingerprint` is the hash of method, path and body.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_reply_per_idempotency_key")]

    def __str__(self) -> str:
        return f"{self.status} at {self.at}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
