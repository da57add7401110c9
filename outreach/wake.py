"""What may let a step begin at once and no time tells: signatures that are enough, a letter that will not arrive."""

from datetime import datetime

from django.db.models import F

from campaigns.campaign import Campaign
from campaigns.condition import Stance
from campaigns.ladder import Ladder
from campaigns.tally import count
from outreach.again import DIRECT, FAILED


def wake(campaign: Campaign, now: datetime) -> int:
    """Let this pass look at appeals for which a step may begin at once now. Outcomes wake by themselves."""
    ladder = campaign.ladder()
    return _by_signatures(campaign, ladder, now) + _by_failure(campaign, ladder, now)


def _by_signatures(campaign: Campaign, ladder: Ladder, now: datetime) -> int:
    steps = [rung.number for rung in ladder if ladder.watches(rung.number)]
    needed = [rung.condition.signatures for rung in ladder if rung.at_once and rung.condition.signatures]
    if not steps or count(campaign.pk) < min(needed):
        return 0
    return campaign.appeals.filter(step__number__in=steps).wake(now)


def _by_failure(campaign: Campaign, ladder: Ladder, now: datetime) -> int:
    steps = [rung.number for rung in ladder if ladder.watches(rung.number, Stance.UNREACHABLE)]
    if not steps:
        return 0
    failed = campaign.deliveries.filter(state__in=FAILED, channel__in=DIRECT, again=None, step=F("appeal__step"))
    return campaign.appeals.filter(step__number__in=steps, pk__in=failed.values("appeal")).wake(now)
