import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, models
from django.db.models import Q

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.moves import Begin, Exhaust, StartClock
from campaigns.step import Step


class Appeals(models.QuerySet["Appeal"]):
    def visible_to(self, user: User | AnonymousUser) -> "Appeals":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def alive(self) -> "Appeals":
        return self.filter(status__in=Appeal.ALIVE)

    def to_look_at(self, now: datetime) -> "Appeals":
        """Those that could want something at `now`. Cost grows with what is due, not with what exists."""
        return self.alive().filter(Q(look_at__lte=now) | Q(look_at=None))

    def begin(self, step: Step, moves: Iterable[Begin], look_at: dict[uuid.UUID, datetime | None]) -> list[uuid.UUID]:
        """Move appeals to `step`, each only if it still stands as it was read; answers those that moved.

        The first step moves what is planned; a later one what stands at the step it leaves, with the same deadline.
        """
        rows = [(m.appeal, m.left, m.was_due, m.begun_at, m.due_at, look_at.get(_id(m.appeal))) for m in moves]
        with connection.cursor() as cursor:
            cursor.execute(BEGIN, [*_columns(rows, 6), step.pk])
            return [pk for (pk,) in cursor.fetchall()]

    def look_again(self, look_at: dict[uuid.UUID, datetime | None]) -> None:
        """Note when each of these could next want something."""
        with connection.cursor() as cursor:
            cursor.execute(LOOK_AGAIN, [list(look_at), list(look_at.values())])

    def wake(self, now: datetime) -> int:
        """Something happened that may let a step begin at once: look at those that wait with the next pass."""
        return self.filter(status=Appeal.Status.WAITING, look_at__gt=now).update(look_at=now)

    def exhaust(self, moves: Iterable[Exhaust]) -> int:
        """Nothing was done after the last step either."""
        with connection.cursor() as cursor:
            cursor.execute(EXHAUST, _columns([(move.appeal, move.missed_at) for move in moves], 2))
            return int(cursor.rowcount)

    def start_clocks(self, moves: Iterable[StartClock], look_at: dict[uuid.UUID, datetime | None]) -> int:
        """Set the deadline of appeals whose time runs from proven delivery."""
        with connection.cursor() as cursor:
            cursor.execute(START_CLOCK, _columns([(m.appeal, m.due_at, look_at.get(_id(m.appeal))) for m in moves], 3))
            return int(cursor.rowcount)


class Appeal(models.Model):
    """One campaign put to one addressee: the thing that has a deadline."""

    class Status(models.TextChoices):
        PLANNED = "planned"
        WAITING = "waiting"  # the deadline of the current step is running
        ACTED = "acted"  # no demand is open any more
        EXHAUSTED = "exhausted"  # the last step's deadline passed too
        WITHDRAWN = "withdrawn"

    MOVES = {
        Status.PLANNED: {Status.WAITING, Status.ACTED, Status.WITHDRAWN},
        Status.WAITING: {Status.WAITING, Status.ACTED, Status.EXHAUSTED, Status.WITHDRAWN},
        Status.EXHAUSTED: {Status.ACTED},  # late action is still action
        Status.ACTED: {Status.PLANNED, Status.WAITING},  # a corrected outcome opens a demand again
    }
    ALIVE = (Status.PLANNED, Status.WAITING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="appeals")
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="appeals")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="appeals")
    begun_at = models.DateTimeField(
        null=True, help_text="When this step's time began; a hold moves it with the deadline"
    )
    due_at = models.DateTimeField(null=True, help_text="The last second still in time")
    look_at = models.DateTimeField(null=True, help_text="The first instant at which something could be due")
    stopped_at = models.DateTimeField(null=True, help_text="Since when a hold keeps the clock still")
    ended_at = models.DateTimeField(null=True)

    objects = Appeals.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "addressee"], name="one_appeal_per_addressee")]
        indexes = [
            models.Index(fields=["campaign", "look_at"], condition=Q(status__in=["planned", "waiting"]), name="alive"),
            models.Index(fields=["campaign"], condition=Q(status="waiting", due_at=None), name="time_not_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} to {self.addressee_id}: {self.status}"

    def is_overdue(self, now: datetime) -> bool:
        return self.status == self.Status.WAITING and self.due_at is not None and self.due_at < now

    def close(self, now: datetime) -> bool:
        """No demand is open any more: stop the clock."""
        return self._move(self.Status.ACTED, ended_at=now)

    def reopen(self) -> bool:
        """A correction opened a demand again: the clock goes on from the deadline it had."""
        before = self.Status.WAITING if self.step_id else self.Status.PLANNED
        if self.status != self.Status.ACTED or not self._move(before, ended_at=None):
            return False
        self.campaign.open_again()
        return True

    def _move(self, status: Status, **changes: object) -> bool:
        """Change state once: False if not allowed, or if someone else got here first."""
        if status not in self.MOVES.get(self.Status(self.status), ()):
            return False
        as_read = Appeal.objects.filter(pk=self.pk, status=self.status, due_at=self.due_at)
        moved = as_read.update(status=status, **changes) == 1
        self.refresh_from_db()
        return moved


BEGIN = """
UPDATE campaigns_appeal AS appeal
   SET status = 'waiting', step_id = new.step, begun_at = move.begun_at, due_at = move.due_at, look_at = move.look_at
  FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
       AS move(id, leaves, was_due, begun_at, due_at, look_at),
       (VALUES (%s::uuid)) AS new(step)
 WHERE appeal.id = move.id
   AND CASE WHEN move.leaves = 0 THEN appeal.status = 'planned'
            ELSE appeal.status = 'waiting' AND appeal.due_at IS NOT DISTINCT FROM move.was_due
                 AND appeal.step_id = (SELECT id FROM campaigns_step
                                        WHERE campaign_id = appeal.campaign_id AND number = move.leaves) END
RETURNING appeal.id
"""
LOOK_AGAIN = """
UPDATE campaigns_appeal AS appeal SET look_at = seen.look_at
  FROM unnest(%s::uuid[], %s::timestamptz[]) AS seen(id, look_at)
 WHERE appeal.id = seen.id AND appeal.look_at IS DISTINCT FROM seen.look_at
"""
EXHAUST = """
UPDATE campaigns_appeal AS appeal SET status = 'exhausted', ended_at = move.missed_at, look_at = NULL
  FROM unnest(%s::uuid[], %s::timestamptz[]) AS move(id, missed_at)
 WHERE appeal.id = move.id AND appeal.status = 'waiting' AND appeal.due_at = move.missed_at
"""
START_CLOCK = """
UPDATE campaigns_appeal AS appeal SET due_at = move.due_at, look_at = move.look_at
  FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[]) AS move(id, due_at, look_at)
 WHERE appeal.id = move.id AND appeal.status = 'waiting' AND appeal.due_at IS NULL
"""


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [[row[column] for row in rows] for column in range(width)]


def _id(appeal: object) -> uuid.UUID:
    assert isinstance(appeal, uuid.UUID)
    return appeal
