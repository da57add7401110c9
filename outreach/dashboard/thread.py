"""One conversation over all channels, in order of time: what was sent, what came back, what was recorded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import CLOCK_KEEPERS, Hold
from campaigns.intervention import Intervention
from campaigns.ladder import SUPPORTERS
from campaigns.outcome import Outcome
from campaigns.wave import Pause, Turn
from channels.channel import CHANNELS
from outreach.attachment import Attachment
from outreach.dashboard.words import text_of
from outreach.delivery import Delivery
from outreach.response import Response

KINDS = {"phone": "Call", "form": "Web form"}
CHANGED = {
    Intervention.Kind.EXTENDED: "More time given",
    Intervention.Kind.WITHDRAWN: "The demands were taken back",
    Intervention.Kind.CARRIED: "The clock goes on",
    Intervention.Kind.RESTARTED: "The step's time begins anew",
    Intervention.Kind.ZONE: "The deadline stays at the end of its day",
}
TURN, DELIVERY, POST, REST = range(4)  # what began comes before what it sent, at the same moment


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the thread. `kind` chooses how it is drawn; `it` is the row, or rows, it speaks of."""

    at: datetime
    order: int
    kind: str
    it: Any
    title: str = ""
    channel: str = ""


def thread(campaign: Campaign, addressee: Addressee, appeal: Appeal | None) -> list[Entry]:
    entries = list(_deliveries(campaign, addressee, appeal))
    if appeal is not None:
        for part in (
            _turns(appeal), _responses(appeal), _outcomes(appeal), _pauses(appeal), _skips(appeal), _holds(appeal),
            _interventions(appeal),
        ):  # fmt: skip
            entries.extend(part)
    entries.extend(_holder_changes(addressee))
    return sorted(entries, key=lambda entry: (entry.at, entry.order))


def title_of(delivery: Delivery) -> str:
    """What a delivery is called beside others of the same conversation."""
    if delivery.step is None:
        return f"Mailing “{delivery.wave.mailing.title if delivery.wave.mailing else ''}”"
    step = text_of(delivery.step.title)
    if delivery.wave.reminder:
        return f"Reminder of step {delivery.step.number}"
    if delivery.audience == SUPPORTERS:
        return f"Message to supporters of step {delivery.step.number}, {step}"
    kind = "Public post" if CHANNELS[delivery.channel].is_public else KINDS.get(delivery.channel, "Letter")
    return f"{kind} of step {delivery.step.number}, {step}"


def _turns(appeal: Appeal) -> Iterator[Entry]:
    for turn in appeal.turns.select_related("step"):
        if turn.kind != Turn.Kind.FOLLOW_UP:
            yield Entry(turn.at, TURN, "turn", turn, f"Step {turn.step.number}, {text_of(turn.step.title)}")


def _deliveries(campaign: Campaign, addressee: Addressee, appeal: Appeal | None) -> Iterator[Entry]:
    """Those to or about this addressee; messages to supporters are only counted."""
    together = campaign.deliveries.select_related("step", "wave", "contact_point", "addressee")
    own = together.filter(appeal=appeal) if appeal else together.filter(addressee=addressee, appeal=None)
    for delivery in own.prefetch_related("events"):
        yield _delivery(delivery)
    if appeal is not None:
        waves = appeal.turns.values("wave")
        shared = together.filter(wave__in=waves, appeal=None)
        for delivery in shared.exclude(audience=SUPPORTERS).prefetch_related("events"):
            yield _delivery(delivery)
        yield from _to_supporters(shared.filter(audience=SUPPORTERS))


def _delivery(delivery: Delivery) -> Entry:
    at = delivery.sent_at or delivery.created_at
    order = POST if CHANNELS[delivery.channel].is_public else DELIVERY
    return Entry(at, order, "delivery", delivery, title_of(delivery), delivery.channel)


def _to_supporters(deliveries: Iterable[Delivery]) -> Iterator[Entry]:
    in_order = sorted(deliveries, key=lambda delivery: (delivery.wave.at, delivery.wave_id.hex))
    for _, wave in groupby(in_order, key=lambda delivery: delivery.wave_id):
        together = list(wave)
        states = Counter(delivery.state for delivery in together).most_common()
        first = together[0]
        title = f"Supporters asked to write: step {first.wave.of_step.number}"
        yield Entry(first.wave.at, DELIVERY, "supporters", (len(together), states), title, first.channel)


def _responses(appeal: Appeal) -> Iterator[Entry]:
    rows = Response.objects.filter(appeal=appeal).select_related("incoming", "statement").defer("incoming__raw")
    files = Prefetch("incoming__attachments", Attachment.objects.defer("content"))
    for response in rows.prefetch_related(files, "statement__positions__demand"):
        yield Entry(response.received_at, REST, "response", response, "Their answer", response.channel)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the ledger, and the one it takes the place of: None if it is the first about its demand."""

    outcome: Outcome
    before: Outcome | None


def _outcomes(appeal: Appeal) -> Iterator[Entry]:
    """Those recorded together stand together."""
    last: dict[Any, Outcome] = {}
    recorded = Outcome.objects.filter(appeal=appeal).select_related("demand").prefetch_related("reviews").order_by("id")
    for (at, _), outcomes in groupby(recorded, key=lambda outcome: (outcome.at, outcome.author)):
        together = []
        for outcome in outcomes:
            together.append(Recorded(outcome, last.get(outcome.demand_id)))
            last[outcome.demand_id] = outcome
        is_correction = all(each.before for each in together)
        yield Entry(at, REST, "outcomes", together, "Recorded anew" if is_correction else "Outcomes recorded")


def _pauses(appeal: Appeal) -> Iterator[Entry]:
    for pause in Pause.objects.filter(appeal=appeal).select_related("step"):
        title = f"Step {pause.step.number} not taken" if pause.step else "The ladder does not end yet"
        yield Entry(pause.began_at, REST, "pause", pause, title)


def _skips(appeal: Appeal) -> Iterator[Entry]:
    """Steps that were left out because their condition did not hold."""
    for skip in appeal.skips.select_related("step"):
        yield Entry(skip.at, TURN, "skip", skip, f"Step {skip.step.number}, {text_of(skip.step.title)}, left out")


def _interventions(appeal: Appeal) -> Iterator[Entry]:
    """What a new holder did to the clock stands beside the change itself."""
    for each in appeal.interventions.all():
        yield Entry(each.at, REST, "intervention", each, CHANGED[Intervention.Kind(each.kind)])


def _holder_changes(addressee: Addressee) -> Iterator[Entry]:
    for change in addressee.holder_changes.all():
        yield Entry(change.at, POST, "holder", change, "Somebody else holds it")


def _holds(appeal: Appeal) -> Iterator[Entry]:
    """Also those on its whole campaign, and on everything."""
    concerned = Q(addressee=appeal.addressee_id) | Q(addressee=None, campaign=appeal.campaign_id, **CLOCK_KEEPERS)
    on_everything = Q(campaign=None, addressee=None, **CLOCK_KEEPERS)
    for hold in Hold.objects.filter(concerned | on_everything).select_related("addressee"):
        title = "Put on hold" if hold.addressee_id else f"{hold.what().capitalize()} put on hold"
        yield Entry(hold.began_at, REST, "hold", hold, title)
