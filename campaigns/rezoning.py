"""When clocks on the wall change by law: a deadline «at the end of 5 May» stays at the end of 5 May there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.deadline import Ends, end_of_day
from campaigns.intervention import Intervention, reschedule
from campaigns.wave import Turn

HALF_A_DAY = timedelta(hours=12)


@transaction.atomic
def keep_the_end_of_day(*, reason: str, author: str, now: datetime) -> int:
    """Move deadlines at the end of a day to where that day ends now, if that is later; answers how many.

    Those that a hold has moved hang on no day any more, and stay.
    """
    moved = 0
    for campaign in Campaign.objects.running():
        dues = dict(_later_ends(campaign))
        waiting = Appeal.objects.filter(pk__in=[appeal.pk for appeal in dues]).select_for_update()
        new = {appeal.pk: due_at for appeal, due_at in dues.items()}
        moved += reschedule(waiting, new, Intervention.Kind.ZONE, reason=reason, author=author, now=now)
    return moved


def _later_ends(campaign: Campaign) -> Iterator[tuple[Appeal, datetime]]:
    begun = Turn.objects.filter(appeal=OuterRef("pk"), step=OuterRef("step"), reminder=0).values("due_at")[:1]
    moved = Intervention.objects.filter(appeal=OuterRef("pk")).order_by("-id").values("due_after")[:1]
    waiting = campaign.appeals.filter(status=Appeal.Status.WAITING, step__ends=Ends.END_OF_DAY, stopped_at=None)
    said = waiting.annotate(begun_with=Subquery(begun), moved_to=Subquery(moved))
    for appeal in said.filter(Q(due_at=F("begun_with")) | Q(due_at=F("moved_to"))):
        assert appeal.due_at is not None
        nearest = end_of_day(appeal.due_at - HALF_A_DAY, campaign.zone)
        if nearest > appeal.due_at:
            yield appeal, nearest
