"""Publishing a campaign, pausing it and going on."""

from datetime import datetime

from django.db import transaction

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import CLOCK_KEEPERS, Hold, standstill


class NotPublishable(ValueError):
    """Why a campaign cannot be published as it is."""


def plan_appeals(campaign: Campaign) -> int:
    """One appeal for each addressee the demands are put to; one that is only planned goes with its addressee.

    Answers how many are new. What has begun is left alone.
    """
    asked = Addressee.objects.filter(
        memberships__group__campaign=campaign, memberships__group__key__in=campaign.put_to
    ).distinct()
    campaign.appeals.filter(status=Appeal.Status.PLANNED).exclude(addressee__in=asked).delete()
    new = asked.exclude(appeals__campaign=campaign)
    return len(Appeal.objects.bulk_create([Appeal(campaign=campaign, addressee=addressee) for addressee in new]))


@transaction.atomic
def publish(campaign: Campaign, now: datetime) -> Campaign:
    """Put the demands to the addressees, in public: from `now` (whole seconds) the deadline runs.

    Raises NotPublishable, with nothing changed, if the campaign is not a draft or is not complete.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.status != Campaign.Status.DRAFT:
        raise NotPublishable(f"“{campaign.name}” is {campaign.status} already")
    if stopped := standstill(now):
        raise NotPublishable(f"Everything is on hold, and no deadline begins: {stopped.reason}")
    plan_appeals(campaign)
    for missing, there in (
        ("addressees", campaign.appeals.exists()),
        ("demands", campaign.demands.exists()),
        ("steps", campaign.steps.exists()),
    ):
        if not there:
            raise NotPublishable(f"“{campaign.name}” has no {missing} yet")
    campaign.status = Campaign.Status.RUNNING
    campaign.published_at = now.replace(microsecond=0)
    campaign.save(update_fields=["status", "published_at"])
    campaign.appeals.alive().update(look_at=campaign.published_at)
    return campaign


def pause(campaign: Campaign, *, reason: str, author: str, now: datetime, until: datetime | None = None) -> Hold:
    """Hold the whole campaign; the time that is left is kept. Raises NotHoldable if it says too little."""
    return Hold.objects.place(campaign=campaign, reason=reason, author=author, now=now, until=until)


def resume(campaign: Campaign, *, author: str, now: datetime, addressee: Addressee | None = None) -> int:
    """Lift every hold on the campaign as a whole, or on one addressee in it; answers how many there were."""
    holds = Hold.objects.standing(now).filter(campaign=campaign, addressee=addressee, **CLOCK_KEEPERS)
    return sum(hold.lift(now, author) for hold in holds)
