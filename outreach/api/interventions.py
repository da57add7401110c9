from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal, Appeals
from campaigns.folder.values import Wait
from campaigns.intervention import Intervention, extend, withdraw
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Given, PathKey, Words

router = Router(tags=["interventions"])
KINDS = "extended, withdrawn, carried, restarted (somebody else holds the office) or zone (clocks there changed by law)"


class InterventionOut(Schema):
    """What was changed in the time of an appeal, by whom and why. Never changed."""

    id: int
    kind: str = Field(description=KINDS)
    appeal: UUID
    addressee: str
    reason: str
    author: str
    at: datetime
    due_before: datetime | None = Field(description="The deadline that ran")
    due_after: datetime | None = Field(description="The deadline that runs now")


class Changed(Schema):
    """To how many appeals it was done."""

    appeals: int


class ExtensionIn(Given):
    """More time."""

    span: Wait = Field(description="How much later the deadline is: 2 days, 12 hours")
    reason: Words = Field(description="It is kept, and shown")


class WithdrawalIn(Given):
    """The demands are taken back."""

    reason: Words = Field(description="It is kept, and shown")


@router.get("/campaigns/{slug}/interventions", response=Page[InterventionOut], summary="List interventions")
def list_interventions(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Every extension and withdrawal, and what a change of an office's holder did to its clock; the oldest first."""
    return page_of(request, window, _loaded(find.campaign(request, slug).interventions.all()), _described)


@router.get("/appeals/{appeal_id}/interventions", response=Page[InterventionOut], summary="List those in an appeal")
def list_interventions_in_appeal(request: Request, appeal_id: UUID, window: Query[Window]) -> dict[str, Any]:
    """The same of one appeal."""
    return page_of(request, window, _loaded(find.appeal(request, appeal_id).interventions.all()), _described)


@router.post("/campaigns/{slug}/extensions", response={201: Changed}, summary="Give everybody more time")
def create_extensions(request: Request, slug: PathKey, data: ExtensionIn) -> Status[dict[str, int]]:
    """Every deadline of the campaign that runs now is later by `span`, counted in days of its calendar."""
    return Status(201, _extend(request, find.campaign(request, slug).appeals.all(), data))


@router.post("/appeals/{appeal_id}/extensions", response={201: Changed}, summary="Give more time")
def create_extension(request: Request, appeal_id: UUID, data: ExtensionIn) -> Status[dict[str, int]]:
    """The deadline that runs is later by `span`. Reminders that have not gone out move along."""
    return Status(201, _extend(request, Appeal.objects.filter(pk=find.appeal(request, appeal_id).pk), data))


@router.post("/campaigns/{slug}/withdrawal", response={201: Changed}, summary="Withdraw a campaign")
def create_withdrawals(request: Request, slug: PathKey, data: WithdrawalIn) -> Status[dict[str, int]]:
    """The demands are taken back from everybody who has not answered for them. This cannot be undone."""
    return Status(201, _withdraw(request, find.campaign(request, slug).appeals.all(), data))


@router.post("/appeals/{appeal_id}/withdrawal", response={201: Changed}, summary="Withdraw an appeal")
def create_withdrawal(request: Request, appeal_id: UUID, data: WithdrawalIn) -> Status[dict[str, int]]:
    """The demands are taken back from this addressee. This cannot be undone."""
    return Status(201, _withdraw(request, Appeal.objects.filter(pk=find.appeal(request, appeal_id).pk), data))


def _extend(request: Request, appeals: Appeals, data: ExtensionIn) -> dict[str, int]:
    return {"appeals": extend(appeals, data.span, reason=data.reason, author=request.auth.name, now=now())}


def _withdraw(request: Request, appeals: Appeals, data: WithdrawalIn) -> dict[str, int]:
    return {"appeals": withdraw(appeals, reason=data.reason, author=request.auth.name, now=now())}


def _loaded(rows: QuerySet[Intervention]) -> QuerySet[Intervention]:
    return rows.select_related("appeal__addressee").order_by("id")


def _described(rows: Sequence[Intervention]) -> list[dict[str, Any]]:
    names = ("id", "kind", "reason", "author", "at", "due_before", "due_after")
    return [
        {name: getattr(each, name) for name in names}
        | {"appeal": each.appeal_id, "addressee": each.appeal.addressee.key}
        for each in rows
    ]
