from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.problem import NOT_FOUND, Trouble
from outreach.api.values import PathKey
from outreach.begin import publish

router = Router(tags=["publication"])


class PublicationOut(Schema):
    """The demands are put to the addressees, in public."""

    campaign: str
    published_at: datetime = Field(description="From here the deadline runs")
    deadline: datetime = Field(description="The last second in time, as publication sets it")
    appeals: int = Field(description="To how many addressees the demands are put")
    url: str


@router.get("/{slug}/publication", response=PublicationOut, summary="Show the publication")
def show_publication(request: Request, slug: PathKey) -> dict[str, Any]:
    """When the campaign was published; 404 while it is a draft."""
    campaign = find.campaign(request, slug)
    if campaign.published_at is None:
        raise Trouble(NOT_FOUND, f"“{slug}” is not published yet")
    return _describe(campaign)


@router.post("/{slug}/publication", response={201: PublicationOut}, summary="Publish a campaign")
def create_publication(request: Request, slug: PathKey) -> Status[dict[str, Any]]:
    """From now on the deadline runs, and the clock sends. This cannot be taken back, only held."""
    return Status(201, _describe(publish(find.campaign(request, slug), now())))


def _describe(campaign: Campaign) -> dict[str, Any]:
    rules = campaign.rules()
    return {
        "campaign": campaign.slug,
        "published_at": campaign.published_at,
        "deadline": rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone),
        "appeals": campaign.appeals.count(),
        "url": f"/api/v1/campaigns/{campaign.slug}/publication",
    }
