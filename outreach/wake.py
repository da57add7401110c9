"""What no time tells and yet moves an appeal: signatures that are enough, a letter that will not arrive, and, where its
time runs from delivery, the first proof.
"""

from datetime import datetime

from django.db.models import F

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.condition import Stance
from campaigns.ladder import ADDRESSEES, Ladder
from campaigns.position import Clock
from campaigns.tally import count
from outreach.again import DIRECT, FAILED
from outreach.delivery import Delivery


def wake(campaign: Campaign, now: datetime) -> int:
    """Let this pass look at appeals for which something may begin at once now. Outcomes wake by themselves."""
    ladder = campaign.ladder()
    return _by_signatures(campaign, ladder, now) + _by_failure(campaign, ladder, now) + _by_proof(campaign, now)


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


def _by_proof(campaign: Campaign, now: datetime) -> int:
    """Whose time has not begun although a letter of the step that it stands at has arrived."""
    if campaign.clock != Clock.DELIVERY:
        return 0
    still = campaign.appeals.filter(status=Appeal.Status.WAITING, due_at=None, look_at__gt=now)
    if not still.exists():
        return 0
    arrived = campaign.deliveries.filter(audience=ADDRESSEES, state=Delivery.State.DELIVERED, step=F("appeal__step"))
    return still.filter(pk__in=arrived.values("appeal")).wake(now)
