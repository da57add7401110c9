"""A campaign that has just been published begins at once, and not with the clock's next pass."""

from datetime import datetime

import dramatiq
from django.db import transaction

from campaigns import moment, publication
from campaigns.campaign import Campaign
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.hint import give_hint
from outreach.send import hint


@transaction.atomic
def publish(campaign: Campaign, now: datetime) -> Campaign:
    """As `publication.publish`; and a hint to an idle worker, whose loss costs only the wait for the next pass."""
    published = publication.publish(campaign, now)
    transaction.on_commit(lambda: give_hint(begin, published.slug))
    return published


@dramatiq.actor(queue_name="addressees", time_limit=50_000)
def begin(slug: str) -> None:
    """One pass over one campaign, and the word to those who send."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return
    tick(campaign, moment.now())
    due = Delivery.objects.due(moment.now()).filter(campaign=campaign)
    hint(list(due.order_by().values_list("channel", "audience").distinct()))
