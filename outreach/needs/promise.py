"""Commitments whose date has passed while the demand is still open: was it kept?"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.appeal import Appeal
from campaigns.deadline import SECOND, end_of_day
from campaigns.outcome import NotRecordable, Outcome, Standing, record_outcome, standings
from campaigns.text import in_language
from outreach.needs.need import MOST, Ask, Choice, IsGone, Kind, Need, NotSettled, Scope, name_of

CHOICES = (
    Choice(Outcome.Kind.DONE, "They did it", "done"),
    Choice(Outcome.Kind.PARTLY, "They did part of it", "partly"),
    Choice(Outcome.Kind.COMMITTED, "They gave a new date", "committed"),
)
ASKS = (
    Ask("evidence", "What shows it", "A link, or words."),
    Ask("until", "The new date, if they gave one", kind="date"),
)
HALF_A_DAY = 12


class Promise(Kind):
    name = "commitment"
    title = "Commitments due"
    can_be_put_aside = True

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        dated = Outcome.objects.filter(kind=Outcome.Kind.COMMITTED, until__lte=now.date())
        appeals = Appeal.objects.filter(campaign__in=scope.campaigns, outcomes__in=dated).exclude(
            status__in=(Appeal.Status.ACTED, Appeal.Status.WITHDRAWN)
        )
        appeals = appeals.select_related("campaign", "addressee").distinct().order_by("campaign", "pk")[:MOST]
        for campaign in {appeal.campaign for appeal in appeals}:
            of_campaign = [appeal for appeal in appeals if appeal.campaign_id == campaign.pk]
            found = standings(of_campaign)
            for appeal in of_campaign:
                yield from _overdue(appeal, found[appeal.pk], now)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        outcome = Outcome.objects.select_related("demand", "appeal").get(pk=need.ref)
        if do not in [choice.do for choice in CHOICES]:
            raise NotSettled("Say what became of it")
        Appeal.objects.select_for_update().get(pk=outcome.appeal_id)
        standing = standings([outcome.appeal])[outcome.appeal_id]
        if standing.outcome(outcome.demand) != outcome:
            raise IsGone
        try:
            until = date.fromisoformat(said.get("until", "").strip()) if do == Outcome.Kind.COMMITTED else None
        except ValueError:
            raise NotSettled("Give the new date", "until") from None
        try:
            record_outcome(
                outcome.appeal,
                outcome.demand,
                do,
                evidence=said.get("evidence", "").strip(),
                author=name_of(by),
                now=now,
                until=until,
            )
        except NotRecordable as reason:
            raise NotSettled(str(reason), reason.field) from None
        return f"Recorded: {need.addressee}, demand {outcome.demand.number}."


def _overdue(appeal: Appeal, standing: Standing, now: datetime) -> Iterator[Need]:
    for demand in standing.open:
        outcome = standing.outcome(demand)
        if outcome is not None and (ended := _ended(outcome, appeal)) and ended < now:
            yield _need(outcome, appeal, in_language(demand.title, "en"), demand.number, ended + SECOND)


def _ended(outcome: Outcome, appeal: Appeal) -> datetime | None:
    """The last second of a dated commitment, on the campaign's clock."""
    if outcome.kind != Outcome.Kind.COMMITTED or outcome.until is None:
        return None
    zone, day = appeal.campaign.zone, outcome.until
    return end_of_day(datetime(day.year, day.month, day.day, HALF_A_DAY, tzinfo=zone), zone)


def _need(outcome: Outcome, appeal: Appeal, title: str, number: int, since: datetime) -> Need:
    return Need(
        kind=PROMISE.name,
        ref=str(outcome.pk),
        campaign=appeal.campaign,
        addressee=appeal.addressee.name,
        title=f"{appeal.addressee.name} had committed to demand {number}, {title}",
        since=since,
        state="committed",
        state_said="Its date has passed",
        source=f"Recorded by {outcome.author} · evidence: {outcome.evidence}",
        said=outcome.summary,
        then="The ladder has gone on since: a commitment holds it until its date, and no longer.",
        path=f"/campaigns/{appeal.campaign.slug}/addressees/{appeal.addressee.key}",
        choices=CHOICES,
        asks=ASKS,
    )


PROMISE = Promise()
