from datetime import datetime

from django.db import models, transaction

from campaigns.outcome import NotRecordable, Outcome


class Review(models.Model):
    """A second person has looked at an outcome and its evidence. Never changed; they may look again.

    It changes no outcome: who doubts one says why, and whoever agrees records a correction.
    """

    id = models.BigAutoField(primary_key=True)
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="reviews")
    reviewer = models.CharField(max_length=150)
    holds = models.BooleanField(help_text="Whether the evidence shows what the outcome says")
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.outcome_id}: {'holds' if self.holds else 'doubted'}"


@transaction.atomic
def review(outcome: Outcome, *, reviewer: str, now: datetime, holds: bool = True, note: str = "") -> Review:
    """Say that an outcome holds, or why it is doubted. The same said again by the same person is kept once.

    Raises NotRecordable for its own author, for nobody, and for a doubt without a reason.
    """
    Outcome.objects.select_for_update().get(pk=outcome.pk)
    reviewer, note = reviewer.strip(), note.strip()
    if not reviewer:
        raise NotRecordable("A review needs a reviewer: who looked at it", "reviewer")
    if reviewer == outcome.author:
        raise NotRecordable(f"{reviewer} recorded this outcome; somebody else must look at it", "reviewer")
    if not holds and not note:
        raise NotRecordable("Say what is wrong with the evidence", "note")
    last = outcome.reviews.filter(reviewer=reviewer).last()
    if last is not None and (last.holds, last.note) == (holds, note):
        return last
    return Review.objects.create(outcome=outcome, reviewer=reviewer, holds=holds, note=note, at=now)
