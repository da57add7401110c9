"""Alarms: far more sign than come by themselves. Somebody looks where they come from, and takes out whom nobody is."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from outreach.alarm import Alarm, end_alarms
from outreach.needs.need import MOST, Choice, IsGone, Kind, Need, NotSettled, Scope, name_of
from outreach.origins import trend

END = "end"
CHOICES = (Choice(END, "These are people: end the alarm", "ok"),)
TITLES = {
    Alarm.Of.NETWORK: "too many signatures from one network",
    Alarm.Of.DOMAIN: "too many signatures from one domain",
    Alarm.Of.ALL: "far more signatures than usual",
}


class Alarms(Kind):
    name = "alarm"
    title = "Alarms over signatures"
    can_be_put_aside = True

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those that stand and that nobody on the staff raised."""
        rows = Alarm.objects.standing().exclude(of=Alarm.Of.STAFF).filter(campaign__in=scope.campaigns)
        rows = rows if only is None else rows.filter(pk=only)
        for alarm in rows.select_related("campaign").order_by("began_at")[:MOST]:
            yield _need(alarm, now)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        if do != END or need.campaign is None:
            raise NotSettled("Say that these are people, or look at the signatures and take out whom nobody is")
        if not end_alarms(need.campaign, author=name_of(by), now=now):
            raise IsGone
        return "The alarm is over; none begins by itself for an hour."


def _need(alarm: Alarm, now: datetime) -> Need:
    hours = trend(alarm.campaign, alarm.of, alarm.value, now)
    which = f"?{alarm.of}={alarm.value}" if alarm.value else ""
    return Need(
        kind=ALARM.name,
        ref=str(alarm.pk),
        campaign=alarm.campaign,
        title=f"{alarm.campaign.name}: {TITLES[Alarm.Of(alarm.of)]}",
        since=alarm.began_at,
        state="noproof",
        state_said="Alarm",
        source=f"Signed in each of the last {len(hours)} hours, the latest last: {', '.join(map(str, hours))}",
        said=alarm.said,
        then="The form asks for a proof of work until half an hour after the last reason. Look where they come from; "
        "whom nobody is can be taken out together, and put back.",
        path=f"/campaigns/{alarm.campaign.slug}/signatures{which}",
        choices=CHOICES,
    )


ALARM = Alarms()
