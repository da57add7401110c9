"""A forecast with what a person should know before it comes true: what collides, what is missing, what it costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from campaigns.campaign import Campaign
from campaigns.edition import Edition
from outreach.collisions import Collision, Foreseen, crowded, hindered
from outreach.cost import Cost, costs
from outreach.crowding import lately, others, own
from outreach.forecast import Forecast, forecast, forecast_of


@dataclass(frozen=True, slots=True)
class Outlook:
    forecast: Forecast
    collisions: tuple[Collision, ...]
    costs: tuple[Cost, ...]

    def as_json(self) -> dict[str, Any]:
        zone = self.forecast.rehearsal.edition.rules.zone
        return self.forecast.as_json() | {
            "collisions": [describe(each, zone) for each in self.collisions],
            "costs": [each.as_json() for each in self.costs],
        }


def outlook(edition: Edition) -> Outlook:
    """Of a folder, by itself."""
    foreseen = forecast(edition)
    return _outlook(foreseen, own(foreseen.rehearsal))


def outlook_of(campaign: Campaign, now: datetime) -> Outlook:
    """Beside everything that other running campaigns will send to the same people, and that went to them lately."""
    foreseen = forecast_of(campaign, now)
    edition = foreseen.rehearsal.edition
    messages = [*own(foreseen.rehearsal), *lately(edition.readers, now)]
    for other in others(campaign, edition):
        messages += own(forecast_of(other, now).rehearsal)
    return _outlook(foreseen, messages)


def describe(each: Collision, zone: ZoneInfo) -> dict[str, Any]:
    """For machines, in the campaign's zone."""
    return {
        "kind": each.kind,
        "at": each.at.astimezone(zone).isoformat(),
        "until": each.until.astimezone(zone).isoformat() if each.until else None,
        "whom": each.whom,
        "sentence": each.sentence,
        "campaigns": list(each.campaigns),
    }


def _outlook(foreseen: Forecast, messages: Iterable[Foreseen]) -> Outlook:
    slug = foreseen.rehearsal.edition.slug
    found = [*_ours(crowded(messages, settings.CAP, settings.CAP_TIME), slug), *hindered(foreseen.events)]
    return Outlook(foreseen, tuple(sorted(found, key=lambda each: each.at)), tuple(costs(foreseen.sends)))


def _ours(crowds: Iterable[Collision], slug: str) -> Iterator[Collision]:
    """Only those that this campaign is part of."""
    return (each for each in crowds if slug in each.campaigns)
