from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction

from channels import answer
from outreach.delivery import Delivery
from outreach.move import move
from outreach.sealed_file import SealedFile

State = Delivery.State


class NotDoable(ValueError):
    """Why a task cannot be taken, settled or proven so; nothing was changed. `field`: what of the form is wrong."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Tasks(models.QuerySet["Task"]):
    def visible_to(self, user: User | AnonymousUser) -> "Tasks":
        return self.filter(delivery__in=Delivery.objects.visible_to(user))

    def open(self) -> "Tasks":
        """Those that wait for a person, or are with one."""
        return self.filter(delivery__state=State.HANDED)

    def together(self) -> "Tasks":
        """With all that a page or an answer says of each."""
        parts = ("campaign", "step", "wave", "addressee", "contact_point", "appeal__addressee")
        return self.select_related("holder", *(f"delivery__{part}" for part in parts))


class Task(models.Model):
    """A delivery that a person carries by hand: who has it, when it should be done, and what they said came of it.

    It is open as long as its delivery is handed. Whoever takes it gets the words as things stand then; those are what
    the delivery keeps. Until a person says that it is done, the message counts as not sent.
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, primary_key=True, related_name="task")
    due_at = models.DateTimeField()
    holder = models.ForeignKey(User, models.SET_NULL, null=True, related_name="tasks", help_text="Who has it")
    taken_at = models.DateTimeField(null=True)
    enclosure = models.JSONField(default=list, help_text="Of a letter: a title, and the demands in full")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True, help_text="What the person wrote down, or why it could not be done")

    objects = Tasks.as_manager()

    class Meta:
        ordering = ["due_at", "delivery_id"]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.delivery.state}"

    @property
    def is_open(self) -> bool:
        return self.delivery.state == State.HANDED

    @property
    def holder_name(self) -> str:
        return (self.holder.get_full_name() or self.holder.get_username()) if self.holder else ""

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.due_at < now


class TaskProof(SealedFile):
    """A photograph or PDF that shows that a task was done."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="proofs")

    class Meta(SealedFile.Meta):
        constraints = [models.UniqueConstraint(fields=["task", "sha256"], name="a_proof_is_kept_once")]


@transaction.atomic
def hand_over(delivery: Delivery, said: answer.Task, now: datetime) -> bool:
    """Make a task of a delivery that a wire left to a person; False if the answer came too late to count."""
    detail = {"reason": said.reason}
    if not move(
        delivery, State.HANDED, now, fence=delivery.token, reason=said.reason, reference=said.reference, detail=detail
    ):
        return False
    due_at = now + said.within
    if delivery.expires_at is not None:
        due_at = min(due_at, delivery.expires_at)
    Task.objects.get_or_create(delivery=delivery, defaults={"due_at": due_at})
    return True
