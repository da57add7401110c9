import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models, transaction

from campaigns.appeal import Appeal
from campaigns.deadline import end_of_day
from campaigns.demand import Demand
from campaigns.words.link import is_link

LONGEST_COMMITMENT = 10  # years


class Outcome(models.Model):
    """What an addressee did about one demand: the position ledger. Never changed; a correction is a newer entry."""

    class Kind(models.TextChoices):
        REFUSED = "refused"
        DEFLECTED = "deflected"  # they say that it is not for them to do
        COMMITTED = "committed"
        PARTLY = "partly"
        DONE = "done"
        NONE = "none"  # a correction: what was recorded before did not hold

    CLOSING = (Kind.PARTLY, Kind.DONE)

    class Shown(models.TextChoices):
        """What kind of evidence it is."""

        WORDS = "words"
        LINK = "link"
        RESPONSE = "response"
        FILE = "file"

    id = models.BigAutoField(primary_key=True)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="outcomes")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind)
    until = models.DateField(null=True, help_text="The last day of a commitment, in the campaign's zone")
    summary = models.TextField(blank=True)
    evidence = models.TextField(help_text="A link, or what shows it")
    evidence_kind = models.CharField(max_length=8, choices=Shown, default=Shown.WORDS)
    shown_by = models.UUIDField(null=True, help_text="The answer, or the file that is kept, that shows it")
    author = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.demand_id}: {self.kind}"


class NotRecordable(ValueError):
    """An outcome or an answer that cannot be taken as it is, and why. `field`: which part of it is wrong."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotYetPublic(NotRecordable):
    """Nothing can be recorded of a campaign that nobody has been told of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the demands of one appeal stand: the newest outcome of each, if any."""

    demands: tuple[Demand, ...]
    latest: dict[uuid.UUID, Outcome]

    def outcome(self, demand: Demand) -> Outcome | None:
        found = self.latest.get(demand.pk)
        return None if found is None or found.kind == Outcome.Kind.NONE else found

    def is_closed(self, demand: Demand) -> bool:
        outcome = self.outcome(demand)
        return outcome is not None and outcome.kind in Outcome.CLOSING

    @property
    def open(self) -> tuple[Demand, ...]:
        return tuple(demand for demand in self.demands if not self.is_closed(demand))

    @property
    def closed(self) -> tuple[Demand, ...]:
        return tuple(demand for demand in self.demands if self.is_closed(demand))

    @property
    def kinds(self) -> set[str]:
        """What was recorded last, of all demands."""
        return {outcome.kind for demand in self.demands if (outcome := self.outcome(demand))}

    @property
    def is_refused(self) -> bool:
        """Whether what is still open, or a part of it, was refused."""
        return any((outcome := self.outcome(d)) and outcome.kind == Outcome.Kind.REFUSED for d in self.open)

    def committed_until(self, zone: ZoneInfo) -> datetime | None:
        """The last second of the latest dated commitment on a demand that is still open."""
        if not self.latest:
            return None
        days = [o.until for d in self.open if (o := self.outcome(d)) and o.kind == Outcome.Kind.COMMITTED and o.until]
        return max((_last_second(day, zone) for day in days), default=None)


def standings(appeals: Iterable[Appeal]) -> dict[uuid.UUID, Standing]:
    """The standing of each of these appeals, which belong to one campaign; two queries however many they are."""
    appeals = list(appeals)
    if not appeals:
        return {}
    demands = tuple(Demand.objects.filter(campaign=appeals[0].campaign_id))
    latest: dict[uuid.UUID, dict[uuid.UUID, Outcome]] = {appeal.pk: {} for appeal in appeals}
    for outcome in Outcome.objects.filter(appeal__in=appeals).order_by("id"):
        latest[outcome.appeal_id][outcome.demand_id] = outcome
    return {pk: Standing(demands, found) for pk, found in latest.items()}


@transaction.atomic
def record_outcome(
    appeal: Appeal,
    demand: Demand,
    kind: str,
    *,
    evidence: str,
    author: str,
    now: datetime,
    until: date | None = None,
    summary: str = "",
    evidence_kind: str = "",
    shown_by: uuid.UUID | None = None,
) -> Outcome:
    """Write what the addressee did about a demand, and stop the clock if no demand is open any more.

    `until` is the last day of a commitment (campaign's zone). `shown_by`: the answer or the file that `evidence` speaks
    of, of that `evidence_kind`; without it, `evidence` is a link or says in words what shows it. Raises NotRecordable,
    with nothing written, if the entry says too little to be believed or the campaign is not published yet.
    """
    appeal = Appeal.objects.select_for_update().select_related("campaign").get(pk=appeal.pk)
    _refuse_the_unrecordable(appeal, demand, kind, evidence, author, until, now)
    outcome = Outcome.objects.create(
        appeal=appeal,
        demand=demand,
        kind=kind,
        until=until,
        summary=summary,
        evidence=evidence,
        evidence_kind=evidence_kind or (Outcome.Shown.LINK if is_link(evidence) else Outcome.Shown.WORDS),
        shown_by=shown_by,
        author=author,
        at=now,
    )
    standing = standings([appeal])[appeal.pk]
    if appeal.campaign.is_satisfied_by((d.key for d in standing.closed), (d.key for d in standing.demands)):
        appeal.close(now)
    else:
        appeal.reopen()
    Appeal.objects.filter(pk=appeal.pk).wake(now)
    return outcome


def _refuse_the_unrecordable(
    appeal: Appeal, demand: Demand, kind: str, evidence: str, author: str, until: date | None, now: datetime
) -> None:
    if kind not in Outcome.Kind.values:
        raise NotRecordable(f"“{kind}” is no kind of outcome; choose one of {', '.join(Outcome.Kind.values)}", "kind")
    if demand.campaign_id != appeal.campaign_id:
        raise NotRecordable(f"The demand “{demand.key}” belongs to another campaign", "demand")
    if not evidence.strip():
        raise NotRecordable("An outcome needs evidence: a link, a file, or what shows it", "evidence")
    if not author.strip():
        raise NotRecordable("An outcome needs an author: who records it", "author")
    if appeal.campaign.published_at is None:
        raise NotYetPublic("Nothing can be recorded before the campaign is published")
    if kind == Outcome.Kind.COMMITTED and until is None:
        raise NotRecordable("A commitment needs a date: until when", "until")
    if kind != Outcome.Kind.COMMITTED and until is not None:
        raise NotRecordable(f"Only a commitment has a date; “{kind}” has none", "until")
    if until is not None and until.year > now.year + LONGEST_COMMITMENT:
        raise NotRecordable(f"A commitment until {until.year} is none; ten years are the most", "until")
    if until is not None and _last_second(until, appeal.campaign.zone) < now:
        raise NotRecordable(f"The commitment ended on {until.isoformat()}, which is past", "until")


def _last_second(day: date, zone: ZoneInfo) -> datetime:
    return end_of_day(datetime(day.year, day.month, day.day, 12, tzinfo=zone), zone)
