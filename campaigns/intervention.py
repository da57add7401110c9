import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from campaigns.appeal import Appeal, Appeals
from campaigns.campaign import Campaign
from campaigns.deadline import later

LONGEST = timedelta(days=3660)
Dues = Mapping[uuid.UUID, datetime]


class NotPossible(ValueError):
    """Why the time of an appeal cannot be changed like this; nothing was. `field`: which part of the wish is wrong."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Intervention(models.Model):
    """The record that a person, or a rule, changed what the clock of an appeal does, and why. Never changed itself."""

    class Kind(models.TextChoices):
        EXTENDED = "extended"
        WITHDRAWN = "withdrawn"
        CARRIED = "carried"  # the office holder changed, and the clock went on
        RESTARTED = "restarted"  # the office holder changed, and got the step's whole patience
        ZONE = "zone"  # the clock on the wall there changed, and the deadline kept its hour

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="interventions", db_index=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="interventions")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    due_before = models.DateTimeField(null=True, help_text="The deadline that ran")
    due_after = models.DateTimeField(null=True, help_text="The deadline that runs now")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["campaign", "at"], name="interventions_of_a_campaign")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.author}: {self.reason}"


@transaction.atomic
def extend(appeals: Appeals, span: timedelta, *, reason: str, author: str, now: datetime) -> int:
    """Give more time at the step each of `appeals` waits at; answers to how many.

    Whole days of `span` are days of the campaign's calendar, so a deadline at the end of a day stays at the end of one.
    Reminders that have not gone out move along. Raises NotPossible, with nothing changed.
    """
    _refuse_without(reason, author)
    if not timedelta() < span <= LONGEST:
        raise NotPossible("Give more time, ten years at the most: time is never taken away", "span")
    waiting = list(appeals.filter(status=Appeal.Status.WAITING, due_at__isnull=False).select_related("campaign"))
    if not waiting:
        raise NotPossible("No deadline runs here that could be later")
    dues = {each.pk: later(_due(each), span, each.campaign.zone) for each in waiting}
    return reschedule(waiting, dues, Intervention.Kind.EXTENDED, reason=reason, author=author, now=now)


@transaction.atomic
def withdraw(appeals: Appeals, *, reason: str, author: str, now: datetime) -> int:
    """Take the demands back from addressees who still wait for their deadline; answers from how many.

    What has not left does not leave any more, and a campaign in which nobody is asked any more is closed. Raises
    NotPossible, with nothing changed.
    """
    _refuse_without(reason, author)
    public = appeals.alive().exclude(campaign__published_at=None)
    asked = list(public.select_related("campaign").select_for_update(of=("self",)).order_by("pk"))
    if not asked:
        raise NotPossible("Nothing is asked here any more, or not yet: there is nothing to withdraw")
    ended = Appeal.objects.filter(pk__in=[each.pk for each in asked])
    ended.update(status=Appeal.Status.WITHDRAWN, ended_at=now, look_at=None)
    _note(asked, {}, Intervention.Kind.WITHDRAWN, reason, author, now)
    for campaign in {each.campaign for each in asked}:
        campaign.close_if_done(now)
    return len(asked)


def reschedule(
    appeals: Iterable[Appeal], dues: Dues, kind: str, *, reason: str, author: str, now: datetime, begun_at: bool = False
) -> int:
    """Move the deadlines of waiting appeals to `dues`, each only if it still stands as it was read; answers how many.

    `begun_at`: whether the step's time begins anew with `now`, too. The clock looks at what was moved with its next
    pass.
    """
    read = {each.pk: each for each in appeals}
    columns: list[list[Any]] = [list(dues), [read[pk].due_at for pk in dues], list(dues.values())]
    with connection.cursor() as cursor:
        cursor.execute(RESCHEDULE, [now if begun_at else None, *columns])
        moved = [read[pk] for (pk,) in cursor.fetchall()]
    _note(moved, dues, kind, reason, author, now)
    return len(moved)


RESCHEDULE = """
UPDATE campaigns_appeal AS appeal
   SET due_at = new.due_at, look_at = NULL, begun_at = coalesce(%s::timestamptz, appeal.begun_at)
  FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[]) AS new(id, was_due_at, due_at)
 WHERE appeal.id = new.id AND appeal.status = 'waiting' AND appeal.due_at = new.was_due_at
RETURNING appeal.id
"""


def note(appeals: Iterable[Appeal], kind: str, *, reason: str, author: str, now: datetime) -> None:
    """Record what did not move a deadline."""
    _note(appeals, {}, kind, reason, author, now)


def _note(appeals: Iterable[Appeal], dues: Dues, kind: str, reason: str, author: str, now: datetime) -> None:
    said: dict[str, Any] = {"kind": kind, "reason": reason.strip(), "author": author, "at": now}
    ends = kind == Intervention.Kind.WITHDRAWN
    Intervention.objects.bulk_create(
        [
            Intervention(
                campaign_id=each.campaign_id,
                appeal=each,
                due_before=each.due_at,
                due_after=None if ends else dues.get(each.pk, each.due_at),
                **said,
            )
            for each in appeals
        ],
        batch_size=1000,
    )


def _refuse_without(reason: str, author: str) -> None:
    if not reason.strip():
        raise NotPossible("Say why: it is kept, and shown to everyone who wonders", "reason")
    if not author.strip():
        raise NotPossible("Say who does this", "author")


def _due(appeal: Appeal) -> datetime:
    assert appeal.due_at is not None
    return appeal.due_at
