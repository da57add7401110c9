"""Everything the board of one campaign shows, read once: a fixed number of queries, however many addressees."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.demand import Demand
from campaigns.hold import Hold
from campaigns.outcome import Standing, standings
from campaigns.position import Position, Rules
from campaigns.step import Step
from campaigns.wave import Pause, Wave
from outreach.response import Response
from outreach.standing import positions


@dataclass(frozen=True)
class Scene:
    """A campaign at `now`. Appeals are in the order of their addressees' names."""

    campaign: Campaign
    now: datetime

    @cached_property
    def rules(self) -> Rules:
        return self.campaign.rules()

    @cached_property
    def steps(self) -> list[Step]:
        return list(self.campaign.steps.all())

    @cached_property
    def demands(self) -> list[Demand]:
        return list(self.campaign.demands.all())

    @cached_property
    def appeals(self) -> list[Appeal]:
        return list(self.campaign.appeals.select_related("step", "addressee").order_by("addressee__name"))

    @cached_property
    def addressees(self) -> list[Addressee]:
        """Those the demands are put to, also before there are appeals."""
        return [appeal.addressee for appeal in self.appeals] or list(asked_in(self.campaign))

    @cached_property
    def still_asked(self) -> int:
        """How many could still get a letter."""
        alive = sum(appeal.status in Appeal.ALIVE for appeal in self.appeals)
        return alive if self.appeals else len(self.addressees)

    @cached_property
    def positions(self) -> dict[uuid.UUID, Position]:
        seen = positions(self.campaign, self.appeals, self.now)
        return {appeal.pk: position for appeal, position in zip(self.appeals, seen, strict=True)}

    @cached_property
    def standings(self) -> dict[uuid.UUID, Standing]:
        return standings(self.appeals)

    @cached_property
    def pauses(self) -> dict[uuid.UUID, list[Pause]]:
        """The reasons to wait that the clock has noted and that still stand."""
        found: dict[uuid.UUID, list[Pause]] = {}
        for pause in Pause.objects.filter(appeal__campaign=self.campaign, ended_at=None):
            found.setdefault(pause.appeal_id, []).append(pause)
        return found

    @cached_property
    def last_words(self) -> dict[uuid.UUID, Response]:
        """The newest response to each appeal that has one."""
        newest = Response.objects.filter(appeal__campaign=self.campaign).order_by("appeal", "-received_at")
        return {response.appeal_id: response for response in newest.distinct("appeal").defer("text")}

    @cached_property
    def waves(self) -> list[Wave]:
        return list(self.campaign.waves.select_related("step", "mailing").order_by("at", "reminder"))

    @cached_property
    def holds(self) -> list[Hold]:
        """The holds that stand now and concern this campaign."""
        standing = Hold.objects.standing(self.now).over(self.campaign).select_related("step", "addressee")
        asked = {appeal.addressee_id for appeal in self.appeals}
        return [hold for hold in standing if hold.addressee_id is None or hold.addressee_id in asked]

    @property
    def furthest(self) -> int:
        """The number of the last step that has begun for somebody; 0 before the first."""
        return max((wave.step.number for wave in self.waves if wave.step), default=0)


def asked_in(campaign: Campaign) -> QuerySet[Addressee]:
    """The addressees in the groups the demands are put to."""
    groups = {"memberships__group__campaign": campaign, "memberships__group__key__in": campaign.put_to}
    return Addressee.objects.filter(**groups).distinct()
