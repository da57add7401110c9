"""What may be added to a task as proof: a photograph or a PDF."""

from datetime import datetime

from django.db import transaction

from outreach.event import Event
from outreach.sealed_file import NotKept, good_name, media_type_of
from outreach.task import NotDoable, Task, TaskProof

MOST = 5  # for one task


@transaction.atomic
def add_proof(task: Task, content: bytes, *, name: str, by: str, now: datetime) -> TaskProof:
    """Keep a file with its hash; the same file again changes nothing. Also after the task is settled.

    Raises NotDoable if it is too large, of another kind, or one too many.
    """
    try:
        media_type = media_type_of(content, "A proof")
    except NotKept as reason:
        raise NotDoable(str(reason), "proof") from None
    task = Task.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=task.pk)
    name = good_name(name, media_type, "proof")
    proof = TaskProof.of(content, name=name, media_type=media_type, by=by, now=now, task=task)
    if kept := task.proofs.filter(sha256=proof.sha256).first():
        return kept
    if task.proofs.count() >= MOST:
        raise NotDoable(f"This task has {MOST} proofs already", "proof")
    proof.save(force_insert=True)
    detail = {"by": by, "sha256": proof.sha256, "bytes": proof.size}
    Event.objects.create(delivery=task.delivery, kind="proof added", at=now, detail=detail)
    return proof
