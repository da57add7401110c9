import uuid
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

KEPT = timedelta(minutes=20)
"""How long somebody has a need before it counts as left, in real time."""


class Attention(models.Model):
    """Who looks at something that needs a person, and since when; or who said that nothing is to be done about it.

    The needs themselves are derived and have no rows. `key` names one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateTimeField(help_text="Real time, also in a demonstration")
    aside_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, help_text="Why nothing is to be done")

    def __str__(self) -> str:
        return f"{self.key} with {self.user_id}"

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    @property
    def is_fresh(self) -> bool:
        return self.aside_at is None and self.since > datetime.now(UTC) - KEPT


@transaction.atomic
def give_attention(key: str, user: User, *, from_another: bool = False) -> Attention:
    """The need is with `user` from now on; or, if another has it and `from_another` is not said, who that is."""
    now = datetime.now(UTC)
    kept, is_new = Attention.objects.get_or_create(key=key, defaults={"user": user, "since": now})
    if is_new:
        return kept
    free = Attention.objects.filter(pk=kept.pk, aside_at=None)
    if not from_another:
        free = free.filter(Q(user=user) | Q(since__lte=now - KEPT))
    free.update(user=user, since=now)
    return Attention.objects.select_related("user").get(pk=kept.pk)


def leave(key: str, user: User) -> bool:
    """Others may have it again. False if `user` had not got it."""
    return Attention.objects.filter(key=key, user=user, aside_at=None).delete()[0] > 0


def put_aside(key: str, user: User, note: str, now: datetime) -> None:
    """Nothing is to be done about it, for a reason."""
    said = {"user": user, "since": datetime.now(UTC), "aside_at": now, "note": note}
    Attention.objects.update_or_create(key=key, defaults=said)
