import uuid
from datetime import datetime
from typing import Any

from django.db import models, transaction

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.intervention import Intervention, NotPossible, note, reschedule

RESTART = "restart"


class HolderChange(models.Model):
    """The record that somebody else holds an office now. Never changed itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="holder_changes")
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.before or 'nobody named'} → {self.after or 'nobody named'}"


@transaction.atomic
def change_holder(
    addressee: Addressee, holder: str, salutation: str | None = None, *, reason: str, author: str, now: datetime
) -> HolderChange:
    """Let the next letters address the new holder, and let each running appeal's clock go on or start anew, by rule.

    `salutation`: None leaves it. Raises NotPossible, with nothing changed, if that is who holds it already.
    """
    addressee = Addressee.objects.select_for_update().get(pk=addressee.pk)
    before, holder = addressee.holder, holder.strip()
    if holder == before:
        raise NotPossible(f"{addressee.name} is held by {holder or 'nobody named'} already", "holder")
    if not reason.strip():
        raise NotPossible("Say how this is known: it is kept, and shown", "reason")
    addressee.holder = holder
    if salutation is not None:
        addressee.salutation = salutation.strip()
    addressee.save(update_fields=["holder", "salutation"])
    return record_change(addressee, before, reason=reason, author=author, now=now)


def record_change(addressee: Addressee, before: str, *, reason: str, author: str, now: datetime) -> HolderChange:
    """Write down that `addressee`, whose row says so already, is held by somebody else than `before`."""
    change = HolderChange.objects.create(
        addressee=addressee, before=before, after=addressee.holder, reason=reason.strip(), author=author, at=now
    )
    waiting = Appeal.objects.filter(addressee=addressee, status=Appeal.Status.WAITING)
    for appeal in waiting.select_related("campaign", "step").select_for_update(of=("self",)):
        _apply_rule(appeal, change)
    return change


def _apply_rule(appeal: Appeal, change: HolderChange) -> None:
    """A newcomer gets the step's whole time where the campaign says `restart`, and never less than was left.

    Where nobody was named before, or is now, nobody new has come: the clock goes on.
    """
    said: dict[str, Any] = {"reason": f"{change}: {change.reason}", "author": change.author, "now": change.at}
    is_new = change.before and change.after and appeal.campaign.fairness.get("holder_change") == RESTART
    due_at = _anew(appeal, change.at) if is_new else None
    if due_at is None or appeal.due_at is None or due_at <= appeal.due_at:
        note([appeal], Intervention.Kind.CARRIED, **said)
    else:
        reschedule([appeal], {appeal.pk: due_at}, Intervention.Kind.RESTARTED, begun_at=True, **said)


def _anew(appeal: Appeal, now: datetime) -> datetime | None:
    """The deadline, were the step to begin now; while a hold keeps the clock still, from when it stopped."""
    if appeal.step is None:
        return None
    begun_at = appeal.stopped_at or now
    return appeal.step.rung().patience.deadline(begun_at, appeal.campaign.zone)
