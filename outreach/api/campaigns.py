from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Count
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from outreach.api import find
from outreach.api.access import Request
from outreach.api.loading import LoadingOut, body, load_body
from outreach.api.page import Page, Window, page_of
from outreach.api.values import PathKey, Texts

router = Router(tags=["campaigns"])
DryRun = Annotated[bool, Field(description="true: show what would change, and change nothing")]


class CampaignOut(Schema):
    """A campaign in short."""

    slug: str
    title: Texts
    summary: Texts
    languages: list[str] = Field(description="The first is the default")
    time_zone: str
    status: str = Field(description="draft, running or closed")
    is_invented: bool = Field(description="A demonstration: its answers are made up")
    publish_at: datetime = Field(description="When publication is planned")
    published_at: datetime | None
    closed_at: datetime | None
    deadline: datetime | None = Field(description="The last second in time, as publication sets it; null without steps")
    appeals: dict[str, int] = Field(description="How many appeals there are in each status")
    url: str


class DemandOut(Schema):
    """One thing asked."""

    number: int
    key: str
    title: Texts
    text: Texts


class GroupOut(Schema):
    """A named set of addressees."""

    key: str
    title: Texts


class CampaignInFull(CampaignOut):
    """A campaign with what it asks, of whom, and on what grounds."""

    clock: str = Field(description="What starts the deadline: publication or delivery")
    satisfied: str = Field(description="Whether all demands must be closed, or any one of them")
    put_to: list[str] = Field(description="Keys of the groups the demands are put to")
    fairness: dict[str, Any]
    sending: dict[str, Any] = Field(description="When messages to each audience may leave; empty for at once")
    facts: list[dict[str, Any]]
    sender: dict[str, Any]
    website: str
    letter_rules: dict[str, Any] = Field(description="How letters of supporters begin; empty if it carries none")
    embed: list[str] = Field(description="Sites that may show the form for signing in a frame")
    demands: list[DemandOut]
    groups: list[GroupOut]


@router.get("", response=Page[CampaignOut], summary="List campaigns")
def list_campaigns(request: Request, window: Query[Window]) -> dict[str, Any]:
    """Every campaign you may see, the newest first."""
    rows = Campaign.objects.visible_to(request.auth.user).prefetch_related("steps")
    return page_of(request, window, rows, in_short)


@router.get("/{slug}", response=CampaignInFull, summary="Show a campaign")
def show_campaign(request: Request, slug: PathKey) -> dict[str, Any]:
    """The campaign with its demands, groups, facts and rules. Addressees, steps and wordings are lists of their own."""
    return in_full(find.campaign(request, slug))


@router.post("", response={201: LoadingOut, 200: LoadingOut}, openapi_extra=body(), summary="Create a campaign")
def create_campaign(request: Request, dry_run: DryRun = False) -> Status[dict[str, Any]]:
    """A whole campaign as a draft: the keys of campaign.yaml with `addressees` and `wordings`, or a zipped folder.

    Every mistake is answered at once, and nothing is created while there is one.
    """
    return Status(200 if dry_run else 201, load_body(request, dry_run=dry_run, expected=None))


@router.put("/{slug}", response=LoadingOut, openapi_extra=body(), summary="Replace a campaign")
def replace_campaign(request: Request, slug: PathKey, dry_run: DryRun = False) -> dict[str, Any]:
    """Make the campaign say what the document says. What was said in public does not change any more: 409."""
    find.campaign(request, slug)
    return load_body(request, dry_run=dry_run, expected=slug)


def in_short(campaigns: Sequence[Campaign]) -> Iterator[dict[str, Any]]:
    """One query for the appeals of all of them."""
    counts: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Appeal.Status.values, 0))
    rows = Appeal.objects.filter(campaign__in=campaigns).values_list("campaign", "status")
    for campaign, status, number in rows.annotate(number=Count("id")):
        counts[campaign][status] = number
    for campaign in campaigns:
        steps = campaign.steps.all()
        yield _fields(campaign, CampaignOut) | {
            "deadline": _deadline(campaign) if steps else None,
            "appeals": counts[campaign.pk],
            "url": f"/api/v1/campaigns/{campaign.slug}",
        }


def in_full(campaign: Campaign) -> dict[str, Any]:
    """Everything the campaign says of itself."""
    (short,) = in_short([campaign])
    more = {"demands": list(campaign.demands.all()), "groups": list(campaign.groups.all())}
    return _fields(campaign, CampaignInFull) | short | more


def _fields(campaign: Campaign, schema: type[Schema]) -> dict[str, Any]:
    names = {field.name for field in Campaign._meta.concrete_fields} & set(schema.model_fields)
    return {name: getattr(campaign, name) for name in names}


def _deadline(campaign: Campaign) -> datetime:
    rules = campaign.rules()
    return rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)
