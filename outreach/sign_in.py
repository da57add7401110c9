import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import models

LIFETIME = timedelta(days=1)


class SignInLink(models.Model):
    """A link that signs one person in, once, within a day.

    Only its hash is stored; opening it changes nothing until the button on its page is pressed.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.user_id}"

    @classmethod
    def issue(cls, user: User, real_now: datetime) -> str:
        """A new link's secret part."""
        secret = secrets.token_urlsafe(32)
        cls.objects.create(user=user, digest=_digest(secret), expires_at=real_now + LIFETIME)
        return secret

    @classmethod
    def is_open(cls, secret: str, real_now: datetime) -> bool:
        return cls._open(secret, real_now).exists()

    @classmethod
    def use(cls, secret: str, real_now: datetime) -> User | None:
        """The person it signs in, the first time; None if it is unknown, used or too old."""
        if not cls._open(secret, real_now).update(used_at=real_now):
            return None
        return cls.objects.select_related("user").get(digest=_digest(secret)).user

    @classmethod
    def _open(cls, secret: str, real_now: datetime) -> "models.QuerySet[SignInLink]":
        return cls.objects.filter(digest=_digest(secret), used_at=None, expires_at__gt=real_now, user__is_active=True)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
