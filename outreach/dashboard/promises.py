"""The promises about deliveries, checked against the rows each time somebody looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count

from campaigns.campaign import Campaign
from outreach.again import NOT_THERE
from outreach.bulletin import Bulletin
from outreach.dashboard.words import listing
from outreach.delivery import Delivery
from outreach.loose import loose_news

State = Delivery.State


@dataclass(frozen=True, slots=True)
class Promise:
    """A number and what it says. `tone`: good if the promise holds."""

    number: int
    sentence: str
    tone: str


def promises(campaign: Campaign) -> list[Promise]:
    rows = campaign.deliveries.order_by()
    states = dict(rows.values_list("state").annotate(n=Count("id")))
    known = sum(n for state, n in states.items() if state in State.values)
    lost = sum(states.values()) - known
    at_large = rows.exclude(state__in=NOT_THERE)  # one that did not arrive may be written again
    doubled = at_large.values("wave", "channel", "recipient").annotate(n=Count("id")).filter(n__gt=1).count()
    leases = rows.filter(state__in=[State.CLAIMED, State.SENDING], lease_until__lt=datetime.now(UTC)).count()
    unknown = states.get(State.UNKNOWN, 0)
    return [
        Promise(known, "planned, each in exactly one state", "bad" if lost else "good"),
        Promise(doubled, "recipients with two deliveries in one wave", "bad" if doubled else "good"),
        Promise(leases, "leases that ran out and wait for the clock", "warn" if leases else "good"),
        Promise(states.get(State.SUPPRESSED, 0), "suppressed in the claim: must not be written to", "good"),
        Promise(unknown, "unknown, waiting for a person", "odd" if unknown else "good"),
        *_oddities(),
    ]


def _oddities() -> Iterator[Promise]:
    """What providers told that cannot be put anywhere; nothing is said where there is none."""
    if loose := loose_news():
        kinds = listing(sorted({each.said or "without a name" for each in loose}))
        number = sum(each.number for each in loose)
        yield Promise(number, f"things told by a provider that belong to no message of ours: {kinds}", "warn")
    unreadable = Bulletin.objects.unreadable().count()
    if unreadable:
        yield Promise(unreadable, "posts of a provider that could not be read", "warn")
