"""A small campaign for tests: three addressees, two demands, four steps; published on a Friday at 10:00 UTC."""

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
    for number, key in enumerate(("open", "repair"), 1):
        Demand.objects.create(
            campaign=campaign, number=number, key=key, title={"en": key.title()}, text={"en": f"{key} the bridge"}
        )
    _groups(campaign)
    for number, step in enumerate(STEPS, 1):
        _step(campaign, number, **step)
    for (name, channel), body in WORDINGS.items():
        subject = "" if channel == "x" else f"The bridge ({name})"
        Wording.objects.create(
            campaign=campaign,
            name=name,
            channel=channel,
            language="en",
            subject=subject,
            body=body,
            written_at=FRIDAY,
        )
    plan_appeals(campaign)
    return campaign


def published(now: datetime = FRIDAY, slug: str = "bridge", **fields: Any) -> Campaign:
    return publish(draft(slug, **fields), now)


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
    kept, is_new = Addressee.objects.get_or_create(
        key=key,
        defaults={
            "kind": "office",
            "name": key.title(),
            "holder": f"Head of {key.title()}",
            "salutation": "Dear Madam or Sir",
            "country": "GB",
            "languages": ["en"],
            "time_zone": "Europe/London",
            "weekend": ["sat", "sun"],
            **fields,
        },
    )
    if is_new:
        ContactPoint.objects.create(addressee=kept, channel="email", address=f"{key}@offices.example")
    return kept


def _groups(campaign: Campaign) -> None:
    for number, (key, members) in enumerate({"council": ("ann", "bob", "cat"), "oversight": ("ombud",)}.items(), 1):
        group = Group.objects.create(campaign=campaign, number=number, key=key, title={"en": key.title()})
        for member in members:
            Membership.objects.create(group=group, addressee=addressee(member), capacity=f"member of the {key}")


def _step(campaign: Campaign, number: int, *, key: str, audience: str, channels: list[str], **fields: Any) -> None:
    Step.objects.create(
        campaign=campaign,
        number=number,
        key=key,
        title={"en": key.title()},
        dispatches=[{"audience": audience, "channels": channels, "wording": key}],
        reminders=[REMINDER] if number == 1 else [],
        **fields,
    )
