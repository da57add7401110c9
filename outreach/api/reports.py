from typing import Any

from ninja import Router, Schema
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import PathKey
from outreach.closing.document import document
from outreach.closing.kept import book
from outreach.closing.report import Report

router = Router(tags=["report"])


class TallyOut(Schema):
    """How many were asked, and how many of them."""

    asked: int
    proven_delivered: int = Field(description="Reached by a message that is proven delivered; unknown is never counted")
    answered: int = Field(description="With anything but an automatic reply")
    acted: int
    is_comparable: bool = Field(description="Whether there are enough for shares")


class ReportOut(Schema):
    """The closing report of a campaign; an interim one while somebody is still waiting."""

    campaign: str
    title: dict[str, str]
    is_final: bool
    is_invented: bool
    time_zone: str
    published_at: str = Field(description="With the offset of the campaign's time zone, as all times here")
    deadline: str
    as_of: str
    closed_at: str | None
    total: TallyOut
    letters: dict[str, int] = Field(description="How far the letters came, each addressee once")
    answers: dict[str, int] = Field(description="The strongest word of each addressee")
    demands: list[dict[str, Any]] = Field(description="How each demand stands, with how many")
    steps: list[dict[str, Any]]
    messages: list[dict[str, Any]] = Field(description="What was sent at each step over each channel")
    days_to_answer: dict[str, Any] = Field(description="From the first proven delivery; no median of too few")
    days_to_action: dict[str, Any]
    groups: list[dict[str, Any]] = Field(description="In the campaign's own order; nothing is ranked")
    addressees: list[dict[str, Any]]
    too_few: int = Field(description="Below this there is no share, no median and no comparison")
    method: list[str]
    record: str
    evidence: str


@router.get("/{slug}/report", response=ReportOut, summary="Report on a campaign")
def show_report(request: Request, slug: PathKey) -> dict[str, Any]:
    """Who was asked what, what was proven delivered, who answered, who acted, how long it took."""
    campaign = find.campaign(request, slug)
    if campaign.published_at is None:
        raise Trouble(CONFLICT, f"“{slug}” is not published yet: there is nothing to report; rehearse it instead")
    return document(Report(book(campaign, now())))
