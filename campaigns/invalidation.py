"""Taking signatures out together, for a reason, and putting them back: the count follows, and every threshold."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, models, transaction

from campaigns.campaign import Campaign
from campaigns.signature import Signature
from campaigns.suspects import Suspects

SHOWN = 10
HIDDEN = "…"


class Invalidations(models.QuerySet["Invalidation"]):
    def visible_to(self, user: User | AnonymousUser) -> "Invalidations":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def to_finish(self) -> "Invalidations":
        """Those that are not carried out yet."""
        return self.filter(done_at=None, undone_at=None)

    def to_put_back(self) -> "Invalidations":
        """Those that were undone, with signatures that are still out."""
        return self.exclude(undone_at=None).filter(signatures__state=Signature.State.INVALIDATED).distinct()


class Invalidation(models.Model):
    """Signatures that were taken out together; `suspects` says which. Each is in one such batch at the most.

    It is carried out some at a time, each time counted in `number`: what a crash leaves undone, `finish` does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invalidations")
    suspects = models.JSONField(help_text="Which signatures, in words of campaigns.suspects")
    reason = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    meant = models.PositiveIntegerField(default=0, help_text="How many it was to be when it was decided")
    number = models.PositiveIntegerField(default=0, help_text="Signatures taken out so far")
    done_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = Invalidations.as_manager()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.number} signatures: {self.reason}"

    def finish(self, now: datetime) -> int:
        """Take out those that are still to be. Answers how many; none, if it is done or was undone."""
        if self.done_at or self.undone_at:
            return 0
        suspects = Suspects.kept(self.suspects)
        number = sum(self._take_out(some, now) for some in suspects.among(self.campaign, self.at))
        Invalidation.objects.filter(pk=self.pk).update(done_at=now)
        self.refresh_from_db()
        return number

    def undo(self, author: str, now: datetime) -> int:
        """Put back those that are out, as confirmed or as waiting, as they were; who confirmed meanwhile has confirmed.

        Answers how many; none, if it was undone before. What a crash leaves undone, calling it again does.
        """
        self.begin_undoing(author, now)
        return self.finish_undoing()

    def begin_undoing(self, author: str, now: datetime) -> bool:
        """From now on it takes nobody out. False if that was so before."""
        standing = Invalidation.objects.filter(pk=self.pk, undone_at=None)
        return standing.update(undone_by=author, undone_at=now) == 1

    def finish_undoing(self) -> int:
        """Put back those that are still out. Answers how many."""
        number = 0
        while some := self._put_back():
            number += some
        self.refresh_from_db()
        return number

    @transaction.atomic
    def _take_out(self, numbers: Sequence[int], now: datetime) -> int:
        """Of these, what is still valid. Nothing, if it is being undone."""
        if Invalidation.objects.select_for_update().get(pk=self.pk).undone_at:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(TAKE_OUT, {"numbers": list(numbers), "batch": self.pk, "now": now})
            taken = int(cursor.fetchone()[0])
        Invalidation.objects.filter(pk=self.pk).update(number=models.F("number") + taken)
        return taken

    @transaction.atomic
    def _put_back(self) -> int:
        Invalidation.objects.select_for_update().get(pk=self.pk)
        with connection.cursor() as cursor:
            cursor.execute(PUT_BACK, {"batch": self.pk})
            return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One of those who are meant, as far as somebody has to see to know that the right ones are."""

    name: str
    address: str
    signed_at: datetime
    state: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a batch would take out: how many, how many of them count now, and some of them."""

    number: int
    counted: int
    sample: tuple[Glimpse, ...]


def preview(campaign: Campaign, suspects: Suspects, now: datetime) -> Preview:
    """What `invalidate` would do, without doing it. Raises NoSuspects."""
    number, counted, sample = 0, 0, list[Glimpse]()
    for some in suspects.checked().among(campaign, now):
        rows = Signature.objects.filter(pk__in=some)
        number += len(some)
        counted += rows.counted().count()
        if missing := SHOWN - len(sample):
            sample += map(glimpse, rows.select_related("supporter").order_by("pk")[:missing])
    return Preview(number, counted, tuple(sample))


def invalidate(campaign: Campaign, suspects: Suspects, *, reason: str, author: str, now: datetime) -> Invalidation:
    """Take them out, as a batch that can be undone. Raises NoSuspects if no reason is given, or nobody is meant."""
    kept = begin_invalidation(campaign, suspects, reason=reason, author=author, now=now)
    kept.finish(now)
    return kept


def begin_invalidation(
    campaign: Campaign, suspects: Suspects, *, reason: str, author: str, now: datetime
) -> Invalidation:
    """The same, decided and not carried out: a worker does that. Raises NoSuspects."""
    suspects = suspects.checked()
    return Invalidation.objects.create(
        campaign=campaign,
        suspects=suspects.told(),
        reason=reason,
        author=author,
        at=now,
        meant=sum(map(len, suspects.among(campaign, now))),
    )


def masked(address: str) -> str:
    """An address of which only the first and the last letter before the @ are told."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}{HIDDEN}{name[-1:]}@{domain}" if name else ""


def glimpse(signature: Signature) -> Glimpse:
    """As much of a signature as somebody has to see; name and address are masked."""
    person = signature.supporter
    initials = " ".join(f"{word[0]}{HIDDEN}" for word in person.name.split())
    return Glimpse(initials, masked(person.email), signature.signed_at, signature.state, tuple(signature.marks))


TAKE_OUT = """
WITH found AS (
  SELECT id, state FROM campaigns_signature
   WHERE id = ANY(%(numbers)s) AND state IN ('pending', 'confirmed') ORDER BY id FOR UPDATE
), taken AS (
  UPDATE campaigns_signature AS signature
     SET state = 'invalidated', ended_at = %(now)s, invalidation_id = %(batch)s
    FROM found WHERE signature.id = found.id RETURNING signature.campaign_id, found.state
), told AS (
  INSERT INTO campaigns_tally (campaign_id, change)
  SELECT campaign_id, -count(*) FROM taken WHERE state = 'confirmed' GROUP BY campaign_id
)
SELECT count(*) FROM taken
"""
PUT_BACK = """
WITH found AS (
  SELECT id FROM campaigns_signature WHERE invalidation_id = %(batch)s AND state = 'invalidated'
   ORDER BY id LIMIT 2000 FOR UPDATE
), back AS (
  UPDATE campaigns_signature AS signature
     SET state = CASE WHEN confirmed_at IS NULL THEN 'pending' ELSE 'confirmed' END,
         ended_at = NULL, invalidation_id = NULL
    FROM found WHERE signature.id = found.id RETURNING signature.campaign_id, signature.state
), told AS (
  INSERT INTO campaigns_tally (campaign_id, change)
  SELECT campaign_id, count(*) FROM back WHERE state = 'confirmed' GROUP BY campaign_id
)
SELECT count(*) FROM back
"""
