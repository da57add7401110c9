"""The letter of the benchmarks as a campaign in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bench import letters

if TYPE_CHECKING:
    from campaigns.campaign import Campaign

START = datetime(2023, 4, 28, 6, tzinfo=UTC)


@cache
def the_campaign() -> Campaign:
    """Running, with one appeal and one step, which writes to supporters. Made once.

    Models are loaded in here, because only now is there a database.
    """
    from campaigns.addressee import Addressee
    from campaigns.appeal import Appeal
    from campaigns.campaign import Campaign
    from campaigns.group import Group, Membership
    from campaigns.step import Step

    brief = letters.BRIEF
    campaign = Campaign.objects.create(
        slug="road",
        title=brief.title,
        summary=brief.summary,
        website=brief.url,
        languages=["en"],
        time_zone=brief.time_zone,
        publish_at=START,
        published_at=START,
        status=Campaign.Status.RUNNING,
        put_to=["council"],
        sender={"name": brief.sender_name, "email": brief.sender_email},
        facts=[{"key": f.key, "date": f.date.isoformat(), "text": f.text, "source": f.source} for f in brief.facts],
        created_at=START,
    )
    step = Step.objects.create(
        campaign=campaign,
        number=1,
        key="letter",
        title={"en": "Letter"},
        patience=timedelta(days=7),
        dispatches=[{"audience": "supporters", "channels": ["email"], "wording": "letter"}],
    )
    _words(campaign)
    office = Addressee.objects.create(key="council", kind="office", name="The council", time_zone="UTC")
    group = Group.objects.create(campaign=campaign, number=1, key="council", title={"en": "The council"})
    Membership.objects.create(group=group, addressee=office)
    due_at = START + timedelta(days=7)
    Appeal.objects.create(
        campaign=campaign, addressee=office, status=Appeal.Status.WAITING, step=step, begun_at=START, due_at=due_at
    )
    return campaign


def _words(campaign: Campaign) -> None:
    from campaigns.demand import Demand
    from campaigns.wording import Wording

    for each in letters.BRIEF.demands:
        Demand.objects.create(campaign=campaign, number=each.number, key=each.key, title=each.title, text=each.text)
    Wording.objects.create(
        campaign=campaign,
        name="letter",
        channel="email",
        language="en",
        subject=letters.SUBJECT,
        body=letters.BODY,
        written_at=START,
    )
