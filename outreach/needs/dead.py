"""Contact points that are dead, of offices that are still asked: somebody looks for another address."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, Max, Q

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from channels.channel import CHANNELS
from outreach.delivery import Delivery
from outreach.needs.need import MOST, Ask, Choice, IsGone, Kind, Need, NotSettled, Scope

ADD, MEND = "add", "mend"
Health = ContactPoint.Health
CHOICES = (
    Choice(ADD, "Write to the new address", "mail", is_proposed=True),
    Choice(MEND, "This one is good after all", "ok"),
)
ASK = Ask("address", "The new address", "One that the office itself publishes.")
FAILED = (Delivery.State.BOUNCED, Delivery.State.REFUSED)


class Dead(Kind):
    name = "address"
    title = "Dead addresses"
    can_be_put_aside = True

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those whose office has no other address on the same channel, and is still asked in a public campaign."""
        asked = Appeal.objects.filter(campaign__in=scope.campaigns.running(), status__in=Appeal.ALIVE)
        rows = ContactPoint.objects.filter(health=Health.DEAD, addressee__in=asked.values("addressee"))
        alive = ContactPoint.objects.exclude(health=Health.DEAD).values("addressee", "channel")
        usable = {(each["addressee"], each["channel"]) for each in alive.filter(addressee__in=rows.values("addressee"))}
        rows = rows if only is None else rows.filter(pk=only)
        failed = Max("deliveries__tried_at", filter=Q(deliveries__state__in=FAILED))
        rows = rows.annotate(failed_at=failed).order_by(F("failed_at").asc(nulls_first=True))
        for point in rows.select_related("addressee")[:MOST]:
            if (point.addressee_id, point.channel) not in usable:
                appeal = asked.filter(addressee=point.addressee).select_related("campaign").first()
                if appeal is not None:
                    yield _need(point, appeal, getattr(point, "failed_at", None) or now, usable)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        point = ContactPoint.objects.select_for_update().filter(pk=need.ref, health=Health.DEAD).first()
        if point is None:
            raise IsGone
        if do == MEND:
            ContactPoint.objects.filter(pk=point.pk).update(health=Health.GOOD, failures=0)
            return f"{point.address} is written to again."
        if do != ADD:
            raise NotSettled("Give the new address, or say that this one is good after all")
        address = said.get("address", "").strip()
        if problem := CHANNELS[point.channel].address_problem(address):
            raise NotSettled(problem, "address")
        if point.addressee.contact_points.filter(channel=point.channel, address=address).exists():
            raise NotSettled("This address is known already, and it is dead, too", "address")
        last = point.addressee.contact_points.filter(channel=point.channel).aggregate(last=Max("position"))["last"]
        point.addressee.contact_points.create(channel=point.channel, address=address, position=(last or 0) + 1)
        return f"{address} is written to from now on."


def _need(point: ContactPoint, appeal: Appeal, since: datetime, usable: set[tuple[UUID, str]]) -> Need:
    office: Addressee = point.addressee
    others = sorted(CHANNELS[channel].title for addressee, channel in usable if addressee == office.pk)
    reach = f"Reachable by {', '.join(others)}" if others else "Cannot be reached, so no step is taken"
    return Need(
        kind=DEAD.name,
        ref=str(point.pk),
        campaign=appeal.campaign,
        addressee=office.name,
        title=f"{office.name}: {point.address} is dead",
        since=since,
        state="bounced",
        state_said="Dead address" if others else "Dead address, stops the clock",
        stops=not others,
        source=f"{CHANNELS[point.channel].title} · {reach}",
        then="A new address is used by every campaign that asks this office.",
        path=f"/campaigns/{appeal.campaign.slug}/addressees/{office.key}",
        choices=CHOICES,
        asks=(ASK,),
    )


DEAD = Dead()
