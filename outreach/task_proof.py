"""What may be added to a task as proof: a photograph or a PDF, known by its content and not by its name."""

import re
from datetime import datetime

from django.db import transaction

from outreach.event import Event
from outreach.task import NotDoable, Task, TaskProof

LARGEST = 5 * 1024 * 1024  # bytes
MOST = 5  # for one task
KINDS = {
    "image/jpeg": re.compile(rb"\xff\xd8\xff.*\xff\xd9.*", re.DOTALL),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR.*IEND\xaeB`\x82", re.DOTALL),
    "image/webp": re.compile(rb"RIFF.{4}WEBPVP8[ LX].*", re.DOTALL),
    "application/pdf": re.compile(rb"%PDF-[12]\.\d.*%%EOF.{0,1024}", re.DOTALL),
}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
}
"""What goes with every proof that is handed out, so that no browser takes it for a page of ours."""


@transaction.atomic
def add_proof(task: Task, content: bytes, *, name: str, by: str, now: datetime) -> TaskProof:
    """Keep a file with its hash; the same file again changes nothing. Also after the task is settled.

    Raises NotDoable if it is too large, of another kind, or one too many.
    """
    media_type = kind_of(content)
    if media_type is None:
        raise NotDoable("A proof is a photograph (JPEG, PNG, WebP) or a PDF, and this is neither", "proof")
    if len(content) > LARGEST:
        raise NotDoable(f"This file has {len(content):,} bytes; a proof has {LARGEST:,} at the most", "proof")
    task = Task.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=task.pk)
    proof = TaskProof.of(task, content, name=_name(name, media_type), media_type=media_type, by=by, now=now)
    if kept := task.proofs.filter(sha256=proof.sha256).first():
        return kept
    if task.proofs.count() >= MOST:
        raise NotDoable(f"This task has {MOST} proofs already", "proof")
    proof.save(force_insert=True)
    detail = {"by": by, "sha256": proof.sha256, "bytes": proof.size}
    Event.objects.create(delivery=task.delivery, kind="proof added", at=now, detail=detail)
    return proof


def kind_of(content: bytes) -> str | None:
    """The media type, told from the content: how it begins, and that its end is there."""
    return next((kind for kind, looks in KINDS.items() if looks.fullmatch(content)), None)


def _name(said: str, media_type: str) -> str:
    """A name that is good on every computer, with the ending that its content deserves."""
    stem = re.sub(r"[^\w.-]+", "-", said.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0] or said).strip("-.")
    return f"{stem[:80] or 'proof'}{ENDINGS[media_type]}"
