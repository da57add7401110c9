from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.approval import Approval
from campaigns.kept import edition_of
from campaigns.moment import now
from outreach import approving
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of, page_of_all
from outreach.api.problem import CONFLICT, FORBIDDEN, NOT_FOUND, Trouble
from outreach.api.values import Given, Key, PathKey, Words
from outreach.approving import Ask, NotAnApprover, NotApprovable
from outreach.specimen import Kind, specimens

router = Router(tags=["approvals"])


class ApprovalDueOut(Schema):
    """A step that does not begin before somebody has approved it."""

    step: str
    addressees: list[str] = Field(description="Keys of those for whom it would begin")
    lacking: int = Field(description="How many more people must approve it")
    wanted_at: datetime | None = Field(description="When it would begin; null if only an event can tell")
    is_waiting: bool = Field(description="Whether the clock waits for it")
    seen: str = Field(description="Send it back when you approve: it names what you saw")
    url: str


class SpecimenOut(Schema):
    """One message as it would read now."""

    addressee: str = Field(description="To or about whom; empty if nobody in particular")
    language: str
    subject: str
    text: str
    problem: str = Field(description="Why it cannot be written; empty if it can")


class KindOut(Schema):
    """The messages to one audience over one channel."""

    reminder: int = Field(description="0 for the beginning of the step")
    audience: str
    channel: str
    wording: str
    number: int = Field(description="How many addressees; 0 for supporters and for a post about all")
    specimens: list[SpecimenOut] = Field(description="Some of them in full")


class AskInFull(ApprovalDueOut):
    """With what would be sent."""

    messages: list[KindOut]


class ApprovalOut(Schema):
    """Somebody said yes to exactly what a step would send, for certain appeals."""

    id: UUID
    step: str
    author: str
    at: datetime
    addressees: list[str]
    is_current: bool = Field(description="Whether the step and its wordings are still what was approved")
    taken_back_at: datetime | None
    url: str


class ApprovalIn(Given):
    """A yes to what was seen."""

    step: Key
    seen: Words = Field(description="From the list of what is to be approved")


@router.get("/{slug}/approvals-due", response=Page[ApprovalDueOut], summary="List what is to be approved")
def list_asks(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Steps that come next for somebody and lack approvals, the most urgent first."""
    asked = approving.asks(find.campaign(request, slug), now())
    return page_of_all(request, window, [_ask(ask) for ask in asked])


@router.get("/{slug}/approvals-due/{step}", response=AskInFull, summary="Show what a step would send")
def show_ask(request: Request, slug: PathKey, step: PathKey) -> dict[str, Any]:
    """One step that is to be approved, with its messages as they would read now."""
    campaign = find.campaign(request, slug)
    ask = approving.ask_for(campaign, step, now())
    if ask is None:
        raise Trouble(NOT_FOUND, f"Step “{step}” of “{slug}” needs no approval now")
    keys = [appeal.addressee.key for appeal in ask.appeals]
    return _ask(ask) | {"messages": [_kind(kind) for kind in specimens(edition_of(campaign), ask.step.rung(), keys)]}


@router.get("/{slug}/approvals", response=Page[ApprovalOut], summary="List approvals")
def list_approvals(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Every approval there is or was, the newest first."""
    campaign = find.campaign(request, slug)
    rows = Approval.objects.filter(step__campaign=campaign).order_by("-at", "id")
    rows = rows.select_related("step__campaign").prefetch_related("appeals__addressee")
    return page_of(request, window, rows, _described)


@router.post("/{slug}/approvals", response={201: ApprovalOut}, summary="Approve a step")
def create_approval(request: Request, slug: PathKey, data: ApprovalIn) -> Status[dict[str, Any]]:
    """It counts for exactly the step, wordings and appeals that were seen. Two approvals are of two people."""
    campaign = find.campaign(request, slug)
    find.named(campaign.steps.all(), "step", f"There is no step “{data.step}” in “{slug}”", key=data.step)
    try:
        approval = approving.approve(campaign, data.step, request.auth.user, seen=data.seen, now=now())
    except NotApprovable as problem:
        raise _trouble(problem) from problem
    return Status(201, _described([approval])[0])


@router.get("/{slug}/approvals/{approval_id}", response=ApprovalOut, summary="Show an approval")
def show_approval(request: Request, slug: PathKey, approval_id: UUID) -> dict[str, Any]:
    """One approval, also after it was taken back."""
    return _described([_find(request, slug, approval_id)])[0]


@router.delete("/{slug}/approvals/{approval_id}", response=ApprovalOut, summary="Take an approval back")
def delete_approval(request: Request, slug: PathKey, approval_id: UUID) -> dict[str, Any]:
    """By who gave it, until the step has begun. The record stays."""
    approval = _find(request, slug, approval_id)
    try:
        approving.take_back(approval, request.auth.user, now())
    except NotApprovable as problem:
        raise _trouble(problem) from problem
    return _described([approval])[0]


def _find(request: Request, slug: str, approval_id: UUID) -> Approval:
    rows = Approval.objects.filter(step__campaign=find.campaign(request, slug))
    return find.find(rows, f"There is no approval {approval_id} in “{slug}”", pk=approval_id)


def _trouble(problem: NotApprovable) -> Trouble:
    return Trouble(FORBIDDEN if isinstance(problem, NotAnApprover) else CONFLICT, str(problem))


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "step": ask.step.key,
        "addressees": [appeal.addressee.key for appeal in ask.appeals],
        "lacking": ask.lacking,
        "wanted_at": ask.wanted_at,
        "is_waiting": ask.is_waiting(now()),
        "seen": ask.seen,
        "url": f"/api/v1/campaigns/{ask.campaign.slug}/approvals-due/{ask.step.key}",
    }


def _kind(kind: Kind) -> dict[str, Any]:
    shown = [
        {
            "addressee": each.addressee,
            "language": each.preview.language if each.preview else "",
            "subject": each.preview.subject if each.preview else "",
            "text": each.preview.text if each.preview else "",
            "problem": each.problem,
        }
        for each in kind.specimens
    ]
    dispatch = kind.dispatch
    return {"reminder": kind.reminder, "audience": dispatch.whom, "channel": kind.channel} | {
        "wording": dispatch.wording,
        "number": kind.number,
        "specimens": shown,
    }


def _described(approvals: Sequence[Approval]) -> list[dict[str, Any]]:
    current = approving.current(approvals)
    return [
        {
            "id": each.pk,
            "step": each.step.key,
            "author": each.author,
            "at": each.at,
            "addressees": sorted(appeal.addressee.key for appeal in each.appeals.all()),
            "is_current": each.pk in current,
            "taken_back_at": each.taken_back_at,
            "url": f"/api/v1/campaigns/{each.step.campaign.slug}/approvals/{each.pk}",
        }
        for each in approvals
    ]
