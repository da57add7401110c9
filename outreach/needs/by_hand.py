"""Messages that a person carries: letters to post, calls to make, web forms to fill in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from channels.channel import CHANNELS
from channels.person import deed_on
from outreach.carrying import take
from outreach.needs.need import MOST, Choice, IsGone, Kind, Need, NotSettled, Scope
from outreach.task import NotDoable, Task

TAKE = "take"


class ByHand(Kind):
    name = "task"
    title = "To carry by hand"

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those that nobody has: what somebody has is on its own page until they are done."""
        rows = Task.objects.open().filter(delivery__campaign__in=scope.campaigns, holder=None)
        for task in (rows if only is None else rows.filter(pk=only)).together()[:MOST]:
            yield _need(task, now)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        task = Task.objects.open().filter(pk=UUID(need.ref), holder=None).together().first()
        if task is None:
            raise IsGone
        if do != TAKE:
            raise NotSettled("Take it, and do it on its own page")
        try:
            take(task, by, now)
        except NotDoable as reason:
            raise NotSettled(str(reason)) from None
        return f"It is yours: {need.title}. Its page is {need.path}"


def _need(task: Task, now: datetime) -> Need:
    delivery = task.delivery
    office = delivery.addressee.name if delivery.addressee else "all"
    return Need(
        kind=BY_HAND.name,
        ref=str(task.pk),
        campaign=delivery.campaign,
        addressee=office,
        title=f"{office}: {deed_on(CHANNELS[delivery.channel]).task}",
        since=delivery.created_at,
        state="handed",
        state_said="Late, stops the clock" if task.is_late(now) else "With nobody yet",
        stops=task.is_late(now),
        source=delivery.address.replace("\n", ", "),
        then=delivery.reason,
        path=f"/campaigns/{delivery.campaign.slug}/tasks/{delivery.pk}",
        choices=(Choice(TAKE, "I take it", "person", is_proposed=True),),
    )


BY_HAND = ByHand()
