"""Workers place supporters anew when the map has changed, a few thousand at a time."""

import uuid

import dramatiq
from django.db import transaction

from campaigns.redistricting import Redistricting
from campaigns.supporter import Supporter
from campaigns.whereabouts import Said, whereabouts

AT_ONCE = 2000
TIME_LIMIT = 600_000


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def redistrict() -> None:
    """Until nobody is left to be placed. Losing the hint, or getting it twice, costs nothing but time."""
    while redistrict_some():
        pass


def is_to_redistrict() -> bool:
    return Redistricting.objects.exists()


@transaction.atomic
def redistrict_some(limit: int = AT_ONCE) -> bool:
    """Place the next supporters of one campaign; answers whether there was anything to do.

    Who chose a division themselves keeps it, and so does whom the map cannot place. Again, and nothing changes.
    """
    work = Redistricting.objects.select_for_update(skip_locked=True).order_by("campaign").first()
    if work is None:
        return False
    people = Supporter.objects.filter(campaign=work.campaign_id).order_by("pk")
    some = list(people.filter(pk__gt=work.after)[:limit] if work.after else people[:limit])
    _place([each for each in some if not each.chose_division and not each.forgotten_at])
    if len(some) < limit:
        work.delete()
    else:
        work.after = some[-1].pk
        work.save(update_fields=["after"])
    return True


def _place(people: list[Supporter]) -> None:
    """One statement for each division that somebody has come to live in."""
    said = {each.pk: Said(each.campaign_id, each.country, each.postcode) for each in people}
    found = whereabouts(set(said.values()))
    moved: dict[str, list[uuid.UUID]] = {}
    for each in people:
        division = found.get(said[each.pk], each.division)
        if division != each.division:
            moved.setdefault(division, []).append(each.pk)
    for division, whom in moved.items():
        Supporter.objects.filter(pk__in=whom, chose_division=False, forgotten_at=None).update(division=division)
