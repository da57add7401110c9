"""What may still change once a campaign is public: nothing already said, and no rule anyone is judged by."""

from collections.abc import Collection, Iterator

from campaigns.campaign import Campaign
from campaigns.folder.change import Change

FIXED = {
    "time_zone": "the deadline was given on its clock",
    "publish_at": "it is published",
    "clock": "the deadline runs by it",
    "satisfied": "addressees are judged by it",
    "put_to": "the demands were put to these groups",
}


class NotLoadable(ValueError):
    """Why a folder cannot be loaded; nothing was changed. `refusals`: a sentence for each change not allowed."""

    def __init__(self, refusals: Collection[str]) -> None:
        super().__init__("; ".join(refusals))
        self.refusals = tuple(refusals)


def refusals(campaign: Campaign, changes: Collection[Change]) -> list[str]:
    """Why these changes may not be made to this campaign; empty if they may."""
    if campaign.status == Campaign.Status.DRAFT:
        return []
    if campaign.status == Campaign.Status.CLOSED and changes:
        return [f"{campaign.slug} is closed: nothing of it changes any more"]
    begun = set(campaign.steps.filter(waves__isnull=False).values_list("key", flat=True))
    return [f"{change}: not any more, {why}" for change in changes if (why := _why_not(campaign, change, begun))]


def _why_not(campaign: Campaign, change: Change, begun: Collection[str]) -> str:
    return next(_reasons(campaign, change, begun), "")


def _reasons(campaign: Campaign, change: Change, begun: Collection[str]) -> Iterator[str]:
    field = change.field.split(".")[0]
    if change.kind == "campaign" and field in FIXED:
        yield FIXED[field]
    if change.kind == "demand":
        yield "the demands were put to the addressees in public"
    if change.kind == "step" and change.what in begun and field != "title":
        yield "this step has begun"
    if change.kind == "step" and field == "number":
        yield "steps keep their place once the campaign runs"
    if change.kind == "step" and change.is_removal and _is_first(campaign, change):
        yield "the deadline hangs on it"
    if change.kind == "wording" and change.what.split("/")[0] in _approved_words(campaign, begun):
        yield "it was approved as it is, and the step that uses it has begun"
    if change.kind == "group" and change.is_removal and change.what in campaign.put_to:
        yield "the demands were put to it"
    if change.kind == "membership" and not change.field and change.what.split(" in ")[1] in campaign.put_to:
        yield "the demands were put to this group as it was"


def _approved_words(campaign: Campaign, begun: Collection[str]) -> set[str]:
    """Names of wordings that somebody said yes to and that may be leaving."""
    steps = campaign.steps.filter(key__in=begun, approvers__gt=0)
    return {each["wording"] for step in steps for each in (*step.dispatches, *step.reminders)}


def _is_first(campaign: Campaign, change: Change) -> bool:
    return campaign.steps.filter(key=change.what, number=1).exists()
