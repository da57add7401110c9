"""Plays the addressees of a demonstration: says at its moment what the scenario says, through the doors people use."""

import threading
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections, transaction

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.folder.check import check
from campaigns.moment import now
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from campaigns.supporter import Supporter
from outreach.delivery import Delivery
from outreach.first_start import EXAMPLE
from outreach.rehearsal.scenario import Answer, Scenario
from outreach.rehearsal.scenario_file import read_scenario
from outreach.response import Response, record_response

log = structlog.get_logger(__name__)
PERIOD = 0.1  # seconds between two looks at the clock
AUTHOR = "The demonstration"
INVENTED = "Invented for the demonstration."
SCRIPT = "mixed.yaml"


def scenario() -> Scenario:
    """The script of the demonstration. Raises ValueError if it does not fit the example campaign."""
    folder = Path(settings.CAMPAIGN_FOLDERS) / EXAMPLE
    report = check(folder)
    if report.campaign is None:
        raise ValueError("; ".join(map(str, report.defects)))
    script, defects = read_scenario(folder / "scenarios" / SCRIPT, report.campaign.edition())
    if script is None:
        raise ValueError("; ".join(map(str, defects)))
    return script


class Cast:
    """Publishes the example when its time comes and then answers as the script says, each answer once."""

    def __init__(self, script: Scenario) -> None:
        self.script = script
        self.to_say = [answer for answer in script.answers if not answer.bounce]
        self.to_read: list[tuple[datetime, Response, Answer]] = []

    def play(self, stopping: threading.Event) -> None:
        """Until told to stop."""
        while not stopping.wait(PERIOD):
            try:
                close_old_connections()
                self.look(now())
            except OperationalError as away:
                log.warning("the database is away; the cast waits", reason=str(away).strip())

    def look(self, moment: datetime) -> None:
        """Say and read what is due at `moment`."""
        campaign = Campaign.objects.filter(slug=EXAMPLE).first()
        if campaign is None:
            return
        if campaign.status == Campaign.Status.DRAFT:
            self._publish(campaign, moment)
            return
        for answer in [each for each in self.to_say if self._is_due(campaign, each, moment)]:
            self._say(campaign, answer, moment)
            self.to_say.remove(answer)
        for each in [each for each in self.to_read if each[0] <= moment]:
            self._read(*each[1:], moment)
            self.to_read.remove(each)

    def _publish(self, campaign: Campaign, moment: datetime) -> None:
        if moment < campaign.publish_at:
            return
        with transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(is_invented=True)
            _gather_supporters(campaign, self.script.supporters, moment)
            publish(campaign, moment)
        log.info("published", campaign=campaign.slug, note=INVENTED)

    def _is_due(self, campaign: Campaign, answer: Answer, moment: datetime) -> bool:
        assert campaign.published_at is not None
        planned = answer.planned_at(campaign.published_at)
        return planned <= moment if planned else _has_arrived(campaign, answer)

    def _say(self, campaign: Campaign, answer: Answer, moment: datetime) -> None:
        response = record_response(
            campaign.appeals.get(addressee__key=answer.addressee),
            channel="email",
            text=answer.text or f"{INVENTED} ({answer.kind})",
            language="en",
            recorded_by=AUTHOR,
            now=moment,
        )
        log.info("an answer came", addressee=answer.addressee, kind=answer.kind, note=INVENTED)
        self.to_read.append((moment + answer.read_after, response, answer))

    @transaction.atomic
    def _read(self, response: Response, answer: Answer, moment: datetime) -> None:
        response.read(answer.kind, AUTHOR, moment)
        appeal = Appeal.objects.get(pk=response.appeal_id)
        demands = {demand.key: demand for demand in appeal.campaign.demands.all()}
        for key, kind, until in answer.outcomes_for(list(demands)):
            record_outcome(
                appeal, demands[key], kind, evidence=INVENTED, author=AUTHOR, now=moment, until=until, summary=INVENTED
            )


def bounces(script: Scenario) -> dict[str, str]:
    """The addresses whose mailbox answers with an error in this script, and that error."""
    campaign = check(Path(settings.CAMPAIGN_FOLDERS) / EXAMPLE).campaign
    assert campaign is not None
    readers = campaign.edition().readers
    return {readers[each.addressee].addresses["email"]: each.bounce for each in script.answers if each.bounce}


def _has_arrived(campaign: Campaign, answer: Answer) -> bool:
    letters = campaign.deliveries.filter(step__key=answer.on, addressee__key=answer.addressee)
    return letters.filter(state=Delivery.State.DELIVERED).exists()


def _gather_supporters(campaign: Campaign, number: int, moment: datetime) -> None:
    Supporter.objects.bulk_create(
        Supporter(
            campaign=campaign,
            name=f"Invented Supporter {each}",
            email=f"supporter{each}@supporters.example",
            language=campaign.languages[each % len(campaign.languages)],
            joined_at=moment,
            agreed_at=moment,
        )
        for each in range(1, number + 1)
    )
