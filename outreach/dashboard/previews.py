"""What each step would say to one addressee, before anything is published."""

from dataclasses import dataclass

from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Rung
from campaigns.words.problem import Unfit
from outreach.preview import NoSuchMessage, Preview, preview


@dataclass(frozen=True, slots=True)
class Draft:
    """One message that would be sent to, or about, the addressee. `problem`: why it cannot be written."""

    step: int
    title: object
    reminder: int
    wording: str
    channel: str
    preview: Preview | None
    problem: str = ""


def previews(campaign: Campaign, addressee: str) -> list[Draft]:
    edition = edition_of(campaign)
    return [
        _draft(edition, rung, reminder, dispatch, channel, addressee)
        for rung in edition.rules.ladder
        for reminder in (0, *(each.number for each in rung.reminders))
        for dispatch in rung.dispatches_of(reminder)
        if _concerns(edition, dispatch, addressee)
        for channel in dispatch.channels
    ]


def _concerns(edition: Edition, dispatch: Dispatch, addressee: str) -> bool:
    if dispatch.audience in (SUPPORTERS, PUBLIC):
        return False
    members = edition.asked if dispatch.audience == ADDRESSEES else edition.members.get(dispatch.audience, ())
    return addressee in members


def _draft(edition: Edition, rung: Rung, reminder: int, dispatch: Dispatch, channel: str, addressee: str) -> Draft:
    shown, problem = None, ""
    try:
        shown = preview(edition, rung.key, channel, addressee, reminder=reminder)
    except (NoSuchMessage, Unfit) as reason:
        problem = str(reason)
    return Draft(rung.number, edition.step_titles[rung.key], reminder, dispatch.wording, channel, shown, problem)
