"""People who asked to be erased: found, and erased, in two steps."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import INVALID, Trouble
from outreach.api.values import Given, Words
from outreach.erasure import Erasure, NotErasable, erase_person, find

router = Router(tags=["erasures"])
NAMES = ("id", "reason", "author", "at", "campaigns", "mails", "is_suppressed")


class PersonIn(Given):
    """Somebody, by their address. It is used and not kept."""

    address: Words = Field(min_length=3, max_length=320)


class TraceOut(Schema):
    """What is known of them in one campaign, without the name."""

    campaign: str
    title: str
    joined_at: datetime
    state: str = Field(description="Of their signature")
    letters: int = Field(description="Letters to them")


class FoundOut(Schema):
    """Where they are known."""

    traces: list[TraceOut]
    mails: int = Field(description="That came from them")
    proof: str = Field(description="For erasing them within a quarter of an hour")


class ErasureIn(PersonIn):
    """Whom to erase."""

    proof: str = Field(max_length=60, description="Of having looked for them")
    reason: Words = Field(min_length=1, description="How they asked; never their address")
    never_write_again: bool = Field(False, description="Keep a hash of the address, so that nobody writes to it")


class ErasureOut(Schema):
    """That somebody was erased; never who it was."""

    id: UUID
    reason: str
    author: str
    at: datetime
    campaigns: list[str]
    mails: int
    is_suppressed: bool


@router.post("/person", response=FoundOut, summary="Find a person by their address")
def show_person(request: Request, data: PersonIn) -> dict[str, Any]:
    """The first step. Changes nothing."""
    try:
        return asdict(find(data.address, now()))
    except NotErasable as problem:
        raise Trouble(INVALID, str(problem)) from problem


@router.post("/erasures", response={201: ErasureOut}, summary="Erase a person")
def create_erasure(request: Request, data: ErasureIn) -> Status[dict[str, Any]]:
    """The second step: everywhere, as if they had done it themselves."""
    try:
        kept = erase_person(
            data.address,
            data.proof,
            reason=data.reason,
            author=request.auth.name,
            now=now(),
            is_suppressed=data.never_write_again,
        )
    except NotErasable as problem:
        raise Trouble(INVALID, str(problem)) from problem
    return Status(201, _told(kept))


@router.get("/erasures", response=Page[ErasureOut], summary="List erasures")
def list_erasures(request: Request, window: Query[Window]) -> dict[str, Any]:
    """The newest first."""
    rows = Erasure.objects.order_by("-at", "id")
    return page_of(request, window, rows, lambda kept: [_told(each) for each in kept])


def _told(kept: Erasure) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in NAMES}
