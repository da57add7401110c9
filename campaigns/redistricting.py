"""When the map changes, supporters are placed anew by what they gave: noted here, done by workers."""

from django.db import models

from campaigns.campaign import Campaign


class Redistricting(models.Model):
    """A campaign whose supporters are to be placed anew. `after`: the last who has been, in the order of their keys."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True, related_name="redistricting")
    after = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.campaign_id} after {self.after}"


def redistrict_later(campaigns: "models.QuerySet[Campaign]") -> None:
    """Note that their supporters are to be placed anew, from the first one on: in the transaction that changes the map.

    Where a worker is at it, this waits for the few thousand it has in hand.
    """
    Redistricting.objects.bulk_create(
        [Redistricting(campaign_id=pk) for pk in campaigns.order_by("pk").values_list("pk", flat=True)],
        update_conflicts=True,
        unique_fields=["campaign"],
        update_fields=["after"],
    )
