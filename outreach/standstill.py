"""The kill switch: everything stands still until a person lets go. All three doors come here."""

from datetime import datetime

from django.db import transaction

from campaigns.hold import Hold, standstill

__all__ = ["go", "standstill", "stop"]


def stop(*, reason: str, note: str = "", author: str, now: datetime, until: datetime | None = None) -> Hold:
    """Nothing leaves and no clock moves, in any campaign, until `until` or until a person lets go.

    `note` is what public pages say meanwhile. Raises NotHoldable if it says too little.
    """
    return Hold.objects.place_on_everything(reason=reason, note=note, author=author, now=now, until=until)


@transaction.atomic
def go(*, author: str, now: datetime, clock_is_right: bool = False) -> list[Hold]:
    """Lift every hold on the whole installation; answers them, and nothing if there was none.

    Raises ClockInDoubt, with nothing changed, if one stands because the time is in doubt, unless `clock_is_right`.
    """
    standing = Hold.objects.standing(now).on_everything().order_by("-is_doubt", "began_at")
    return [hold for hold in standing if hold.lift(now, author, clock_is_right=clock_is_right)]
