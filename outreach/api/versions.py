from datetime import datetime
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from campaigns.version import Version
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.values import PathKey

router = Router(tags=["campaigns"])
Number = Annotated[int, Path(..., ge=1, le=2**31 - 1)]


class VersionOut(Schema):
    """What a campaign said from one loading to the next."""

    number: int
    author: str
    at: datetime
    digest: str = Field(description="SHA-256 of everything it says, in a folder or a document alike")
    is_live: bool = Field(description="The campaign was public already")
    changes: list[str] = Field(description="A sentence for each difference from the version before; none for the first")


@router.get("/{slug}/versions", response=Page[VersionOut], summary="List versions")
def list_versions(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The newest first. A change is shown before it is made by PUT with ?dry_run=true."""
    return page_of(request, window, find.campaign(request, slug).versions.all(), lambda rows: map(_describe, rows))


@router.get("/{slug}/versions/{number}", response=VersionOut, summary="Show a version")
def show_version(request: Request, slug: PathKey, number: Number) -> dict[str, Any]:
    """Who changed what, and when."""
    versions = find.campaign(request, slug).versions.all()
    return _describe(find.find(versions, f"“{slug}” has no version {number}", number=number))


def _describe(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in VersionOut.model_fields}
