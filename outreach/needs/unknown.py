"""Messages of which nobody can say whether they arrived: a person finds out."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.ladder import SUPPORTERS
from channels.channel import CHANNELS
from outreach.delivery import Delivery
from outreach.needs.need import MOST, Choice, IsGone, Kind, Need, NotSettled, Scope, name_of
from outreach.news import settle_by_person

ARRIVED, LOST = "arrived", "lost"


class Unknown(Kind):
    name = "unknown"
    title = "Unknown deliveries"

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those to offices, and posts; what is unknown of bulk mail is on the page of deliveries."""
        rows = Delivery.objects.filter(campaign__in=scope.campaigns, state=Delivery.State.UNKNOWN)
        rows = (rows if only is None else rows.filter(pk=only)).exclude(audience=SUPPORTERS)
        together = ("campaign", "wave__step", "addressee", "appeal__addressee", "contact_point")
        for delivery in rows.select_related(*together).order_by("created_at", "pk")[:MOST]:
            yield _need(delivery)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        delivery = Delivery.objects.filter(pk=need.ref, state=Delivery.State.UNKNOWN).first()
        if delivery is None:
            raise IsGone
        if do not in (ARRIVED, LOST):
            raise NotSettled("Say whether it arrived")
        if not settle_by_person(delivery, arrived=do == ARRIVED, by=name_of(by), now=now):
            raise IsGone
        return "Settled: it arrived." if do == ARRIVED else "Settled: it did not arrive. Another way is tried, if any."


def _need(delivery: Delivery) -> Need:
    office = delivery.addressee or (delivery.appeal.addressee if delivery.appeal else None)
    channel = CHANNELS[delivery.channel]
    what = "Post about" if channel.is_public else f"{channel.title} to"
    return Need(
        kind=UNKNOWN.name,
        ref=str(delivery.pk),
        campaign=delivery.campaign,
        addressee=office.name if office else "",
        title=f"{what} {office.name if office else 'all'}: nobody can say whether it arrived",
        since=delivery.tried_at or delivery.created_at,
        state="unknown",
        state_said="Unknown, stops the clock" if delivery.appeal_id else "Unknown",
        stops=delivery.appeal_id is not None,
        source=" · ".join(filter(None, [delivery.address, delivery.wire, f"step {delivery.wave.of_step.number}"])),
        said=delivery.reason,
        then="It is not sent again by itself. If it did not arrive, another address is tried, if there is one.",
        path=f"/campaigns/{delivery.campaign.slug}/deliveries/{delivery.pk}",
        choices=(Choice(ARRIVED, "It arrived", "delivered"), Choice(LOST, "It did not", "bounced")),
    )


UNKNOWN = Unknown()
