"""The letter of the benchmarks as a campaign in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bench import letters

if TYPE_CHECKING:
    from campaigns.campaign import Campaign

WEEK = timedelta(days=7)
FORMAL = letters.BODY.replace("{{ supporter.name }}", "{{ addressee.name }}")
START = datetime(2023, 4, 28, 6, tzinfo=UTC)


@cache
def the_campaign() -> Campaign:
    """Running, with one appeal and one step, which writes to supporters. Made once.

    Models are loaded in here, because only now is there a database.
    """
    from campaigns.appeal import Appeal
    from campaigns.publication import publish

    campaign = publish(_draft("road", "supporters", "council"), START)
    step, due_at = campaign.steps.get(), START + WEEK
    campaign.appeals.update(status=Appeal.Status.WAITING, step=step, begun_at=START, due_at=due_at, look_at=due_at)
    return campaign


def to_one_addressee(number: int) -> Campaign:
    """A draft with a letter to an addressee that no other campaign writes to; everything else has ended."""
    from campaigns.campaign import Campaign

    Campaign.objects.update(status=Campaign.Status.CLOSED)
    return _draft(f"letter-{number}", "addressees", f"office-{number}")


def _draft(slug: str, audience: str, office: str) -> Campaign:
    from campaigns.addressee import Addressee, ContactPoint
    from campaigns.campaign import Campaign
    from campaigns.group import Group, Membership
    from campaigns.step import Step

    brief = letters.BRIEF
    campaign = Campaign.objects.create(
        slug=slug,
        title=brief.title,
        summary=brief.summary,
        website=brief.url,
        languages=["en"],
        time_zone=brief.time_zone,
        publish_at=START,
        put_to=["council"],
        sender={"name": brief.sender_name, "email": brief.sender_email},
        facts=[{"key": f.key, "date": f.date.isoformat(), "text": f.text, "source": f.source} for f in brief.facts],
        created_at=START,
    )
    Step.objects.create(
        campaign=campaign,
        number=1,
        key="letter",
        title={"en": "Letter"},
        patience=WEEK,
        dispatches=[{"audience": audience, "channels": ["email"], "wording": "letter"}],
    )
    _words(campaign, letters.BODY if audience == "supporters" else FORMAL, letters.SUBJECT)
    asked = Addressee.objects.create(key=office, kind="office", name="The council", time_zone="UTC", languages=["en"])
    ContactPoint.objects.create(addressee=asked, channel="email", address=f"{office}@bench.example")
    Membership.objects.create(
        group=Group.objects.create(campaign=campaign, number=1, key="council", title={"en": "The council"}),
        addressee=asked,
    )
    return campaign


def _words(campaign: Campaign, body: str, subject: str) -> None:
    from campaigns.demand import Demand
    from campaigns.wording import Wording

    for each in letters.BRIEF.demands:
        Demand.objects.create(campaign=campaign, number=each.number, key=each.key, title=each.title, text=each.text)
    Wording.objects.create(
        campaign=campaign,
        name="letter",
        channel="email",
        language="en",
        subject=subject.replace("{{ supporter.name }}", "Seven days") if body is FORMAL else subject,
        body=body,
        written_at=START,
    )
