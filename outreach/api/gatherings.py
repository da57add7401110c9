"""Signatures on paper over HTTP: taking them in, and letting go of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.gathering import Gathering
from campaigns.moment import now
from campaigns.paper_lines import PaperLine, read_lines
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.values import PathKey
from outreach.gathering import NotUndoable, frame_of, plan, take_in, undo

router = Router(tags=["signatures on paper"])
BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}
DryRun = Annotated[bool, Query(description="Say what would be done, and do nothing")]


class RowOut(Schema):
    """A line of the file, by its place: names stay in the file."""

    line: int
    sheet: int
    row: int


class GatheringOut(Schema):
    """Signatures that were taken in together, or would be."""

    id: UUID | None = Field(description="Nothing where nothing was done")
    dry_run: bool
    author: str
    at: datetime
    number: int = Field(description="How many of them counted, as new")
    again: list[RowOut] = Field(description="Rows of a sheet that counted already")
    known: list[RowOut] = Field(description="People whose mailbox had signed already")
    taken_out: list[RowOut] = Field(description="People whose signature somebody had taken out")
    undone_by: str
    undone_at: datetime | None
    url: str


@router.post(
    "/{slug}/gatherings",
    response={201: GatheringOut, 200: GatheringOut},
    openapi_extra=BODY,
    summary="Take in signatures on paper",
)
def create_gathering(request: Request, slug: PathKey, dry_run: DryRun = False) -> Status[dict[str, Any]]:
    """The body is CSV: sheet, row, name, signed_on, and if wanted place, postcode, country, email, public, updates and
    language. You say that these people signed. Every mistake is answered with its line, and nothing is taken in while
    there is one. The file is not kept.
    """
    campaign, moment = find.campaign(request, slug), now()
    if campaign.published_at is None:
        raise Trouble(CONFLICT, f"“{campaign.slug}” is not published: nobody can have signed it")
    lines, defects = read_lines(request.body, frame_of(campaign, moment))
    if defects:
        faults = [Fault(location=f"line {each.line}, column {each.column}", detail=each.message) for each in defects]
        raise Trouble(INVALID, f"The file has {len(defects)} mistakes; nothing was taken in", faults)
    planned = plan(campaign, lines)
    left = {name: list(map(_where, some)) for name, some in planned.kinds().items() if name != "new"}
    if dry_run:
        draft = Gathering(campaign=campaign, author=request.auth.name, at=moment, number=len(planned.new))
        return Status(200, {**_described([draft])[0], "id": None, "dry_run": True, "url": "", **left})
    gathering = take_in(campaign, lines, author=request.auth.name, now=moment)
    return Status(201, {**_described([gathering])[0], **left})


@router.get("/{slug}/gatherings", response=Page[GatheringOut], summary="List what was taken in from paper")
def list_gatherings(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The newest first, also what was undone."""
    rows = Gathering.objects.filter(campaign=find.campaign(request, slug)).select_related("campaign")
    return page_of(request, window, rows.order_by("-at", "id"), _described)


@router.get("/{slug}/gatherings/{gathering_id}", response=GatheringOut, summary="Show what was taken in")
def show_gathering(request: Request, slug: PathKey, gathering_id: UUID) -> dict[str, Any]:
    """One file's worth of signatures, also after it was undone."""
    return _described([_find(find.campaign(request, slug), gathering_id)])[0]


@router.delete("/{slug}/gatherings/{gathering_id}", response=GatheringOut, summary="Undo taking in signatures")
def delete_gathering(request: Request, slug: PathKey, gathering_id: UUID) -> dict[str, Any]:
    """Let go of all of them together. Who only came with it is deleted; the record of the gathering stays."""
    gathering = _find(find.campaign(request, slug), gathering_id)
    try:
        undo(gathering, request.auth.name, now())
    except NotUndoable as problem:
        raise Trouble(CONFLICT, str(problem)) from problem
    return _described([gathering])[0]


def _find(campaign: Campaign, gathering_id: UUID) -> Gathering:
    rows = Gathering.objects.filter(campaign=campaign).select_related("campaign")
    return find.find(rows, f"Nothing {gathering_id} was taken in for “{campaign.slug}”", pk=gathering_id)


def _where(line: PaperLine) -> dict[str, int]:
    return {"line": line.line, "sheet": line.sheet, "row": line.row}


def _described(gatherings: Sequence[Gathering]) -> list[dict[str, Any]]:
    kept = ("id", "author", "at", "number", "undone_by", "undone_at")
    return [
        {name: getattr(each, name) for name in kept}
        | {"dry_run": False, "again": [], "known": [], "taken_out": []}
        | {"url": f"/api/v1/campaigns/{each.campaign.slug}/gatherings/{each.pk}"}
        for each in gatherings
    ]
