"""One guarded step on a delivery's way: from an allowed state, by whoever holds the newest claim, with its event."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from outreach.delivery import Delivery
from outreach.event import Event


@transaction.atomic(savepoint=False)
def move(
    delivery: Delivery,
    state: str,
    now: datetime,
    *,
    fence: uuid.UUID | None = None,
    event: str = "",
    is_unsent: bool = False,
    detail: dict[str, Any] | None = None,
    **changes: Any,
) -> bool:
    """Bring `delivery` to `state` and write what happened. False, with nothing written, if it may not go there.

    With a `fence` (the token of a claim), only if no newer claim has been made. `event` names what happened where that
    is not the state itself. `is_unsent`: it is proven not sent, which alone lets what was unknown be due.
    """
    there = Delivery.objects.filter(pk=delivery.pk, state__in=Delivery.sources(state, is_unsent=is_unsent))
    if fence is not None:
        there = there.filter(token=fence)
    if not there.update(state=state, **changes):
        return False
    Event.objects.create(delivery=delivery, kind=event or state, at=now, detail=detail or {})
    for name, value in {"state": state, **changes}.items():
        setattr(delivery, name, value)
    return True
