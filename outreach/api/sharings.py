"""How others take part from elsewhere, over HTTP."""

from dataclasses import asdict
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from outreach.api import find
from outreach.api.access import Request
from outreach.api.values import PathKey
from outreach.sharing import sharing_of

router = Router(tags=["campaigns"])


class OutletOut(Schema):
    """What there is in one language."""

    language: str
    title: str = Field(description="What the language calls itself")
    page: str
    qr: str
    sheet: str = Field(description="For signatures on paper, PDF")
    picture: str = Field(description="Of shared links; empty where it cannot be drawn")
    html: str = Field(description="What another site puts into its page to show the form")


class SharingOut(Schema):
    """Addresses, what to copy, and what was opened."""

    opened: dict[str, int] = Field(description="How often each app was opened to share; not what was posted")
    sites: list[str] = Field(description="Sites that may show the form in a frame")
    outlets: list[OutletOut]


@router.get("/{slug}/sharing", response=SharingOut, summary="Show how others take part")
def show_sharing(request: Request, slug: PathKey) -> dict[str, Any]:
    """In each of the campaign's languages."""
    return asdict(sharing_of(find.campaign(request, slug)))
