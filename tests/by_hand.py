"""A campaign whose first step goes by hand: letters, calls and web forms beside email, all to one of its addressees."""

from typing import Any

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.publication import publish
from campaigns.wording import Wording
from outreach.clock import tick
from outreach.send import drain
from outreach.task import Task
from tests.small_campaign import FRIDAY, LETTER, draft

ADDRESSES = {
    "letter": "1 Bridge Street\nLondon SW1A 2JR\nUnited Kingdom",
    "phone": "+44 20 7946 0000",
    "form": "https://ann.example/contact",
}
SCRIPT = "Say who you are. Ask: {{ demands | map(attribute='text') | listing }}. Note the name of who answers."


def drafted(channels: tuple[str, ...] = ("email", *ADDRESSES), **fields: Any) -> Campaign:
    """The small campaign, its first step on these channels."""
    campaign = draft(**fields)
    campaign.sender["post"] = ["2 Quay"]
    campaign.save()
    step = campaign.steps.get(key="letter")
    step.dispatches = [{"audience": "addressees", "channels": list(channels), "wording": "letter"}]
    step.save()
    for channel, address in ADDRESSES.items():
        subject, body = ("The bridge", LETTER) if channel == "letter" else ("", SCRIPT)
        Wording.objects.create(
            campaign=campaign,
            name="letter",
            channel=channel,
            language="en",
            subject=subject,
            body=body,
            written_at=FRIDAY,
        )
        for membership in campaign.groups.get(key="council").memberships.filter(addressee__key="ann"):
            ContactPoint.objects.create(addressee=membership.addressee, channel=channel, address=address)
    return campaign


def handed(channels: tuple[str, ...] = ("email", *ADDRESSES), **fields: Any) -> Campaign:
    """Published, its first step sent or handed over."""
    campaign = publish(drafted(channels, **fields), FRIDAY)
    tick(campaign, FRIDAY)
    for channel in channels:
        drain(channel, bulk=False)
    return campaign


def task(channel: str = "letter") -> Task:
    return Task.objects.together().get(delivery__channel=channel)
