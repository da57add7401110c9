from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from channels.channel import CHANNELS
from channels.paper_letter import LETTER
from channels.person import deed_on
from outreach import carrying
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.values import Channel, Given, Instant, PathKey, Words
from outreach.printed import printed
from outreach.sealed_file import KINDS, SECRET_IS_GONE, download
from outreach.task import NotDoable, Task, TaskProof
from outreach.task_proof import add_proof

router = Router(tags=["tasks"])
Openness = Annotated[bool | None, Field(description="true: only what waits; false: only what is settled")]
FILE = {"schema": {"type": "string", "format": "binary"}}
PDF_ANSWER = {"responses": {200: {"description": "The letter", "content": {"application/pdf": FILE}}}}
PROOF_ANSWER = {"responses": {200: {"description": "The file", "content": dict.fromkeys(KINDS, FILE)}}}
PROOF_BODY = {"requestBody": {"required": True, "content": dict.fromkeys(KINDS, FILE)}}


class TaskOut(Schema):
    """A message that a person carries by hand, and who has it."""

    id: UUID = Field(description="The delivery's")
    campaign: str
    step: str
    channel: str
    addressee: str | None
    is_open: bool
    state: str = Field(description="The delivery's: handed while it waits for a person")
    deed: str = Field(description="What is to be done, such as “post this letter”")
    due_at: datetime
    holder: str = Field(description="Who has it; empty if nobody")
    taken_at: datetime | None
    settled_by: str
    settled_at: datetime | None
    url: str


class ProofOut(Schema):
    """A photograph or PDF that shows that it was done."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    at: datetime
    url: str


class TaskInFull(TaskOut):
    """A task with all that is needed to do it."""

    to: str = Field(description="A postal address line by line, a telephone number, the address of a web form")
    language: str
    subject: str
    text: str = Field(description="The letter, the script of the call, or what to paste; written anew when it is taken")
    letter_url: str | None = Field(description="The letter as a PDF, once somebody has taken the task")
    note: str = Field(description="What the person wrote down")
    proofs: list[ProofOut]


class Filter(Window):
    """Which tasks."""

    is_open: Openness = None
    channel: Channel | None = None


class ClaimIn(Given):
    """Who takes a task is who asks."""

    take_over: bool = Field(False, description="Also if somebody else has it")


class Result(StrEnum):
    DONE = "done"
    FAILED = "failed"


class SettlementIn(Given):
    """What came of a task."""

    result: Result = Field(description="done: posted, called, sent; failed: it could not be done")
    at: Instant | None = Field(None, description="When it was done; now, if left out")
    note: Words = Field("", description="What should be kept, or, if it failed, why")
    reached: bool = Field(False, description="You know that it reached its recipient: they signed for it, confirmed it")
    address_is_wrong: bool = Field(False, description="It failed because the address is: do not use it again")


@router.get("/campaigns/{slug}/tasks", response=Page[TaskOut], summary="List tasks")
def list_tasks(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """What people carry by hand, the most urgent first."""
    rows = Task.objects.together().filter(delivery__campaign=find.campaign(request, slug))
    if which.is_open is not None:
        rows = rows.open() if which.is_open else rows.exclude(delivery__state="handed")
    if which.channel:
        rows = rows.filter(delivery__channel=which.channel)
    return page_of(request, which, rows, _described)


@router.get("/tasks/{task_id}", response=TaskInFull, summary="Show a task")
def show_task(request: Request, task_id: UUID) -> dict[str, Any]:
    """All that is needed to do it."""
    return _in_full(_find(request, task_id))


@router.post("/tasks/{task_id}/claim", response={201: TaskInFull}, summary="Take a task")
def create_claim(request: Request, task_id: UUID, data: ClaimIn) -> Status[dict[str, Any]]:
    """It is yours, its words are written as things stand now. Others read that you have it."""
    task = _find(request, task_id)
    try:
        carrying.take(task, request.auth.user, now(), from_another=data.take_over)
    except NotDoable as reason:
        raise _trouble(reason) from None
    return Status(201, _in_full(_find(request, task_id)))


@router.delete("/tasks/{task_id}/claim", response=TaskInFull, summary="Put a task back")
def delete_claim(request: Request, task_id: UUID) -> dict[str, Any]:
    """Leave it to others again."""
    try:
        carrying.put_back(_find(request, task_id), now())
    except NotDoable as reason:
        raise _trouble(reason) from None
    return _in_full(_find(request, task_id))


@router.post("/tasks/{task_id}/settlement", response={201: TaskInFull}, summary="Settle a task")
def create_task_settlement(request: Request, task_id: UUID, data: SettlementIn) -> Status[dict[str, Any]]:
    """You did what was asked, or it could not be done. Until then the message counts as not sent."""
    task, user = _find(request, task_id), request.auth.user
    try:
        if data.result == Result.DONE:
            carrying.done(task, user, now(), at=data.at, note=data.note, reached=data.reached)
        else:
            carrying.failed(task, user, now(), reason=data.note, address_is_wrong=data.address_is_wrong)
    except NotDoable as reason:
        raise _trouble(reason, {"reason": "note"}) from None
    return Status(201, _in_full(_find(request, task_id)))


@router.get("/tasks/{task_id}/letter", response=None, openapi_extra=PDF_ANSWER, summary="Print a task's letter")
def show_letter(request: Request, task_id: UUID) -> HttpResponse:
    """The letter as a PDF with address block and enclosed demands; 409 while nobody has taken the task."""
    task = _find(request, task_id)
    try:
        content = printed(task)
    except NotDoable as reason:
        raise _trouble(reason) from None
    return download(content, "application/pdf", f"letter-{task.pk.hex[:8]}.pdf")


@router.post("/tasks/{task_id}/proofs", response={201: ProofOut}, openapi_extra=PROOF_BODY, summary="Add a proof")
def create_proof(
    request: Request, task_id: UUID, name: Annotated[str, Query(max_length=200, description="Of the file")] = "proof"
) -> Status[dict[str, Any]]:
    """The body is the file: a photograph or a PDF of at most 5 MB, known by its content. Also after the settlement."""
    task = _find(request, task_id)
    try:
        proof = add_proof(task, request.body, name=name, by=request.auth.name, now=now())
    except NotDoable as reason:
        raise _trouble(reason, {"proof": ""}) from None
    return Status(201, _proof(proof))


@router.get("/tasks/{task_id}/proofs/{proof_id}", response=None, openapi_extra=PROOF_ANSWER, summary="Download a proof")
def show_proof(request: Request, task_id: UUID, proof_id: UUID) -> HttpResponse:
    """The file as it came."""
    proof = find.find(_find(request, task_id).proofs.all(), f"There is no proof {proof_id}", pk=proof_id)
    content = proof.opened()
    if content is None:
        raise Trouble(CONFLICT, SECRET_IS_GONE)
    return download(content, proof.media_type, proof.name)


def _find(request: Request, task_id: UUID) -> Task:
    rows = Task.objects.visible_to(request.auth.user).together()
    return find.find(rows, f"There is no task {task_id}", pk=task_id)


def _trouble(reason: NotDoable, fields: dict[str, str] | None = None) -> Trouble:
    """Wrong in the request if it names a field, else in how things stand."""
    if not reason.field:
        return Trouble(CONFLICT, str(reason))
    field = (fields or {}).get(reason.field, reason.field)
    return Trouble(INVALID, str(reason), [Fault(location=f"body/{field}".rstrip("/"), detail=str(reason))])


def _described(tasks: Sequence[Task]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        delivery = task.delivery
        yield {
            "id": task.pk,
            "campaign": delivery.campaign.slug,
            "step": delivery.wave.of_step.key,
            "channel": delivery.channel,
            "addressee": delivery.addressee.key if delivery.addressee else None,
            "is_open": task.is_open,
            "state": delivery.state,
            "deed": deed_on(CHANNELS[delivery.channel]).task,
            "due_at": task.due_at,
            "holder": task.holder_name,
            "taken_at": task.taken_at,
            "settled_by": task.settled_by,
            "settled_at": task.settled_at,
            "url": f"/api/v1/tasks/{task.pk}",
        }


def _in_full(task: Task) -> dict[str, Any]:
    delivery = task.delivery
    is_paper = delivery.channel == LETTER.name and task.taken_at is not None
    return next(_described([task])) | {
        "to": delivery.address,
        "language": delivery.language,
        "subject": delivery.subject,
        "text": delivery.text,
        "letter_url": f"/api/v1/tasks/{task.pk}/letter" if is_paper else None,
        "note": task.note,
        "proofs": [_proof(proof) for proof in task.proofs.defer("content")],
    }


def _proof(proof: TaskProof) -> dict[str, Any]:
    kept = ("id", "name", "media_type", "size", "sha256", "added_by", "at")
    return {name: getattr(proof, name) for name in kept} | {"url": f"/api/v1/tasks/{proof.task_id}/proofs/{proof.pk}"}
