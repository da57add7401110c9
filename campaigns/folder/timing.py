"""Whether the hours a campaign keeps ever come, and whose time to act they shorten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from campaigns.edition import Edition
from campaigns.folder.addressees import FILE as ADDRESSEES_FILE
from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.defect import Defect, Note
from campaigns.ladder import ADDRESSEES
from campaigns.occasions import planned_deadline
from campaigns.position import Clock
from campaigns.sending import Timing, spoken
from campaigns.window import LONGEST_SEARCH, NeverOpens, opens

DAY = timedelta(days=1)


def never_open(folder: CampaignFolder, edition: Edition) -> Iterator[Defect]:
    """Addressees whose calendar has no moment that fits the hours of the campaign."""
    for row in folder.addressees:
        timing = _timing(edition, row.key)
        try:
            opens(timing.manner.window, timing.place, edition.rules.published_at)
        except NeverOpens:
            message = (
                f"sending: no hours of addressees come for {row.key} within {LONGEST_SEARCH} days: "
                "its weekend leaves no day of work"
            )
            yield Defect(ADDRESSEES_FILE, row.line, 1, message, "; ".join(row.weekend))


def shortened(folder: CampaignFolder, edition: Edition) -> Iterator[Note]:
    """Who gets the first letter so late that more than a day of the time to act is lost, where that runs for all."""
    if edition.rules.clock is not Clock.PUBLICATION or not _writes_first(edition):
        return
    published_at, deadline = edition.rules.published_at, planned_deadline(edition)
    for row in folder.asked:
        timing = _timing(edition, row.key)
        last = timing.pieces(published_at)[-1].end
        if last - published_at > DAY:
            yield Note(ADDRESSEES_FILE, row.line, _told(row.key, timing, last, deadline))


def _told(key: str, timing: Timing, at: datetime, deadline: datetime) -> str:
    local = at.astimezone(timing.place.zone)
    when = f"{local:%A} {local.day} {local:%B}, {local:%H:%M} in {timing.place.zone.key}"
    if at > deadline:
        return f"{key} may get the first letter only on {when}, after the deadline"
    left = spoken((deadline - at) // DAY * DAY) if deadline - at >= DAY else "less than a day"
    return f"{key} may get the first letter only on {when}: {left} of its time to act would be left"


def _timing(edition: Edition, key: str) -> Timing:
    return edition.rules.sending.timing(ADDRESSEES, "email", edition.rules.zone, edition.readers[key].place)


def _writes_first(edition: Edition) -> bool:
    return edition.rules.ladder.rung(1).writes_to_addressees(0)
