"""A small campaign for tests: three addressees, two demands, four steps; published on a Friday at 10:00 UTC."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.demand import Demand
from campaigns.group import Group, Membership
from campaigns.publication import plan_appeals, publish
from campaigns.step import Step
from campaigns.supporter import Supporter
from campaigns.wording import Wording

FRIDAY = datetime(2023, 4, 28, 10, tzinfo=UTC)
DEADLINE = datetime(2023, 5, 5, 23, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

LETTER = """{{ addressee.salutation }},

we write to {{ addressee.name }} as {{ addressee.capacities | listing }}. By {{ deadline | moment }} we ask for:

{% for demand in demands %}{{ demand.number }}. {{ demand.text }}
{% endfor %}
{{ sender.name }}
"""
TO_ALL = "Still silent: {{ silent | map(attribute='name') | listing }}."
ABOUT_ONE = "{{ addressee.name }} has not acted by {{ deadline | day }}."

STEPS: tuple[dict[str, Any], ...] = (
    {"key": "letter", "patience": 7 * DAY, "ends": "end of day", "audience": "addressees", "channels": ["email"]},
    {"key": "deadline", "patience": DAY, "audience": "addressees", "channels": ["email", "x"]},
    {"key": "supporters", "patience": 3 * DAY, "audience": "supporters", "channels": ["email"]},
    {"key": "oversight", "patience": 7 * DAY, "audience": "oversight", "channels": ["email"]},
)
REMINDER = {"audience": "addressees", "channels": ["email"], "wording": "reminder", "before": 2 * 24 * 3600}
WORDINGS = {
    ("letter", "email"): LETTER,
    ("reminder", "email"): "We wrote on {{ first_letter_at | day }}, {{ addressee.name }}.",
    ("deadline", "email"): LETTER,
    ("deadline", "x"): ABOUT_ONE,
    ("supporters", "email"): "Dear {{ supporter.name }}, " + TO_ALL,
    ("oversight", "email"): TO_ALL,
}


def draft(slug: str = "bridge", **fields: Any) -> Campaign:
    """The campaign as a draft, its appeals planned."""
    campaign = _written(slug, **fields)
    plan_appeals(campaign)
    return campaign


def published(now: datetime = FRIDAY, slug: str = "bridge", **fields: Any) -> Campaign:
    return publish(_written(slug, **fields), now)


def _written(slug: str, **fields: Any) -> Campaign:
    """In few statements: thousands of tests begin with it."""
    campaign = Campaign.objects.create(
        slug=slug,
        title={"en": "Keep the bridge open"},
        summary={"en": "Three offices can keep the bridge open."},
        languages=["en"],
        publish_at=FRIDAY,
        put_to=["council"],
        sender={"name": {"en": "Bridge Committee"}, "email": "bridge@committee.example", "x": "@bridge"},
        created_at=FRIDAY - DAY,
        **{"time_zone": "UTC", **fields},
    )
    Demand.objects.bulk_create(
        Demand(campaign=campaign, number=number, key=key, title={"en": key.title()}, text={"en": f"{key} the bridge"})
        for number, key in enumerate(("open", "repair"), 1)
    )
    _groups(campaign)
    Step.objects.bulk_create(_step(campaign, number, **step) for number, step in enumerate(STEPS, 1))
    Wording.objects.bulk_create(_wording(campaign, *key, body) for key, body in WORDINGS.items())
    return campaign


def supporters(campaign: Campaign, number: int) -> list[Supporter]:
    """People who agreed to hear from the campaign."""
    return Supporter.objects.bulk_create(
        Supporter(
            campaign=campaign,
            name=f"Supporter {n}",
            email=f"supporter{n}@people.example",
            language="en",
            joined_at=FRIDAY,
            agreed_at=FRIDAY,
        )
        for n in range(number)
    )


def addressee(key: str, **fields: Any) -> Addressee:
    """An office reachable by email; the same one if it exists already."""
    return _offices([key], **fields)[key]


def _offices(keys: Sequence[str], **fields: Any) -> dict[str, Addressee]:
    known = {each.key: each for each in Addressee.objects.filter(key__in=keys)}
    new = [_office(key, **fields) for key in keys if key not in known]
    Addressee.objects.bulk_create(new)
    ContactPoint.objects.bulk_create(
        ContactPoint(addressee=each, channel="email", address=f"{each.key}@offices.example") for each in new
    )
    return known | {each.key: each for each in new}


def _office(key: str, **fields: Any) -> Addressee:
    said = {
        "kind": "office",
        "name": key.title(),
        "holder": f"Head of {key.title()}",
        "salutation": "Dear Madam or Sir",
        "country": "GB",
        "languages": ["en"],
        "time_zone": "Europe/London",
        "weekend": ["sat", "sun"],
    }
    return Addressee(key=key, **{**said, **fields})


def _groups(campaign: Campaign) -> None:
    members = {"council": ("ann", "bob", "cat"), "oversight": ("ombud",)}
    groups = Group.objects.bulk_create(
        Group(campaign=campaign, number=number, key=key, title={"en": key.title()})
        for number, key in enumerate(members, 1)
    )
    offices = _offices([key for keys in members.values() for key in keys])
    Membership.objects.bulk_create(
        Membership(group=group, addressee=offices[key], capacity=f"member of the {group.key}")
        for group in groups
        for key in members[group.key]
    )


def _step(campaign: Campaign, number: int, *, key: str, audience: str, channels: list[str], **fields: Any) -> Step:
    return Step(
        campaign=campaign,
        number=number,
        key=key,
        title={"en": key.title()},
        dispatches=[{"audience": audience, "channels": channels, "wording": key}],
        reminders=[REMINDER] if number == 1 else [],
        **fields,
    )


def _wording(campaign: Campaign, name: str, channel: str, body: str) -> Wording:
    subject = "" if channel == "x" else f"The bridge ({name})"
    said = {"name": name, "channel": channel, "language": "en", "subject": subject, "body": body}
    return Wording(campaign=campaign, written_at=FRIDAY, **said)
