"""The words and times that templates may ask for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.words.language import language_name, own_name
from outreach.dashboard import words
from outreach.dashboard.when import When


def clock_of(campaign: Campaign, at: datetime) -> Markup:
    """A moment on that campaign's own clock, with the zone."""
    when = When(campaign.time_zone, moment.now())
    return when.at(at) + f" {when.city}"


def number(value: int) -> str:
    return f"{value:,}"


FILTERS: dict[str, Callable[..., Any]] = {
    "word": words.word,
    "icon_of": words.icon_of,
    "mailing_state": words.mailing_state,
    "text": words.text_of,
    "channel": words.channel_title,
    "language": language_name,
    "own_name": own_name,
    "listing": words.listing,
    "sentence": words.sentence,
    "headed": words.headed,
    "counted": words.counted,
    "number": number,
    "clock_of": clock_of,
}
