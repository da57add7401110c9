"""When to stop trying: a server may be down over a weekend, and a message must not go round for ever."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q

from outreach.delivery import Delivery
from outreach.event import Event

FEWEST_ATTEMPTS = 8  # before anything is given up, however long they took
HOURS = timedelta(hours=1)


def given_up(due: Iterable[Delivery], now: datetime) -> Iterator[tuple[uuid.UUID, str]]:
    """Those of `due` that are not tried any more, each with the reason.

    What the other side put off is tried for `TRY_FOR`. What its own workers did not survive is tried eight times.
    """
    tired = {each.pk: each for each in due if each.attempts >= FEWEST_ATTEMPTS}
    if not tired:
        return
    events = Event.objects.filter(delivery__in=tired).order_by().values("delivery")
    first, left = Min("at", filter=Q(kind="claimed")), Count("id", filter=Q(kind="reclaimed"))
    for row in events.annotate(first=first, left=left):
        delivery = tired[row["delivery"]]
        tried = f"Tried {delivery.attempts} times"
        if row["left"] >= FEWEST_ATTEMPTS:
            yield delivery.pk, f"{tried} without getting through: its worker stopped {row['left']} times"
        elif row["first"] is not None and now - row["first"] >= settings.TRY_FOR:
            yield delivery.pk, f"{tried} in {(now - row['first']) // HOURS} hours: {last_delay(delivery)[1]}"


def last_delay(delivery: Delivery) -> tuple[str, str]:
    """What the other side said when it last put the delivery off: its code, such as `4.2.2`, and its words."""
    last = delivery.events.filter(kind=Delivery.State.DELAYED).order_by("-id").first()
    return (str(last.detail.get("code", "")), str(last.detail.get("reason", ""))) if last else ("", "")
