from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.addressee import Addressee
from campaigns.holder_change import HolderChange, change_holder
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import Given, Line, PathKey, Words

router = Router(tags=["addressees"])


class HolderChangeOut(Schema):
    """Somebody else holds an office."""

    addressee: str
    before: str = Field(description="Empty: nobody was named")
    after: str = Field(description="Empty: nobody is named")
    reason: str
    author: str
    at: datetime


class HolderIn(Given):
    """Who holds the office now."""

    holder: Line = Field(max_length=200, description="Empty: nobody is named")
    salutation: Line | None = Field(None, max_length=200, description="How letters begin; left out: as before")
    reason: Words = Field(description="How it is known; it is kept, and shown")


@router.get("/{slug}/addressees/{key}/holders", response=Page[HolderChangeOut], summary="List changes of the holder")
def list_holder_changes(request: Request, slug: PathKey, key: PathKey, window: Query[Window]) -> dict[str, Any]:
    """Who followed whom, the oldest first."""
    return page_of(request, window, _found(request, slug, key).holder_changes.all(), lambda rows: map(_describe, rows))


@router.post("/{slug}/addressees/{key}/holders", response={201: HolderChangeOut}, summary="Change the holder")
def create_holder_change(request: Request, slug: PathKey, key: PathKey, data: HolderIn) -> Status[dict[str, Any]]:
    """The next letter addresses the new holder, everywhere; each campaign's rule says whether its clock goes on."""
    addressee = _found(request, slug, key)
    said: dict[str, Any] = {"reason": data.reason, "author": request.auth.name, "now": now()}
    return Status(201, _describe(change_holder(addressee, data.holder, data.salutation, **said)))


def _found(request: Request, slug: str, key: str) -> Addressee:
    members = find.addressees(request).filter(memberships__group__campaign=find.campaign(request, slug))
    return find.find(members, f"There is no addressee “{key}” in “{slug}”", key=key)


def _describe(change: HolderChange) -> dict[str, Any]:
    names = ("before", "after", "reason", "author", "at")
    return {"addressee": change.addressee.key} | {name: getattr(change, name) for name in names}
