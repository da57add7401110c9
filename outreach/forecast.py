"""What a campaign will send, and when, if nobody acts: a rehearsal in silence, from the present or from publication."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.hold import whole_seconds
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch
from campaigns.outcome import Standing, standings
from campaigns.position import Position
from campaigns.words.language import language_name
from channels.channel import CHANNELS
from outreach.rehearsal.case import Case
from outreach.rehearsal.record import Entry, Rehearsal
from outreach.rehearsal.scenario import Scenario
from outreach.rehearsal.stage import Stage
from outreach.standing import positions
from outreach.under_way import under_way


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a person may want to mend: an addressee without an address on a channel, or without its language."""

    addressee: str
    step: str
    channel: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """`events`: what will happen, in order of time; `missing`: what will not, or not as wished."""

    rehearsal: Rehearsal
    missing: tuple[Missing, ...]

    @property
    def events(self) -> tuple[Entry, ...]:
        return self.rehearsal.entries

    @property
    def sends(self) -> list[Entry]:
        return self.rehearsal.sends

    def as_json(self) -> dict[str, Any]:
        told = self.rehearsal.as_json()
        kept = ("campaign", "title", "time_zone", "published_at", "deadline", "deliveries", "escalations", "events")
        return {name: told[name] for name in kept} | {
            "missing": [{name: getattr(each, name) for name in Missing.__slots__} for each in self.missing]
        }


def forecast(edition: Edition, supporters: int = 0) -> Forecast:
    """From publication on, as if nothing had happened yet."""
    silence = Scenario("Forecast", "What happens if nobody acts.", supporters)
    cases = [Case.new(edition, key, supporters) for key in edition.asked]
    return Forecast(Stage(edition, silence, cases).run(), tuple(missing(edition)))


def forecast_of(campaign: Campaign, now: datetime) -> Forecast:
    """From how the campaign stands at `now`; a draft from its planned publication."""
    edition = edition_of(campaign)
    supporters = campaign.supporters.reachable().count()
    if campaign.status == Campaign.Status.DRAFT:
        return forecast(edition, supporters)
    divisions = campaign.supporters.reachable().by_division()
    silence = Scenario("Forecast", "What happens if nobody acts from now on.", supporters, divisions=divisions)
    posted = list(under_way(campaign, now))
    cases = _cases(campaign, now, {each.own_letter_to for each in posted})
    first_letter_at = campaign.deliveries.filter(sent_at__isnull=False).values_list("sent_at", flat=True).first()
    stage = Stage(edition, silence, cases, start=now, posted=posted, first_letter_at=first_letter_at)
    return Forecast(stage.run(), tuple(missing(edition)))


def missing(edition: Edition) -> Iterator[Missing]:
    """Addressees a step cannot reach on one of its channels, and those written to in a language not their first."""
    for rung in edition.rules.ladder:
        for dispatch in rung.dispatches:
            for channel in dispatch.channels:
                if not CHANNELS[channel].is_public:
                    yield from _missing(edition, rung.key, dispatch, channel)


def _missing(edition: Edition, step: str, dispatch: Dispatch, channel: str) -> Iterator[Missing]:
    for key in _readers(edition, dispatch):
        reader = edition.readers[key]
        choice = edition.language_for(reader.languages, dispatch.wording, channel)
        if channel not in reader.addresses:
            yield Missing(key, step, channel, f"{reader.office.name} has no usable address on {channel}")
        elif choice.fallback:
            wanted, given = language_name(choice.wanted), language_name(choice.language)
            why = f"reads {wanted} first; there is no approved wording in it, so it gets {given}"
            yield Missing(key, step, channel, f"{reader.office.name} {why}")


def _readers(edition: Edition, dispatch: Dispatch) -> Sequence[str]:
    if dispatch.audience in (SUPPORTERS, PUBLIC):
        return ()
    return edition.asked if dispatch.audience == ADDRESSEES else edition.members.get(dispatch.audience, ())


def _cases(campaign: Campaign, now: datetime, waiting: Collection[str]) -> list[Case]:
    """`waiting`: keys of those whose letter has not had its turn yet."""
    appeals = list(campaign.appeals.select_related("step", "addressee").order_by("addressee__name"))
    outcomes = standings(appeals)
    placed = {position.appeal: position for position in positions(campaign, appeals, now)}
    cases = []
    for appeal in appeals:
        position = _going_on(appeal, placed[appeal.pk])
        position = position if appeal.addressee.key in waiting else _arriving(position, now)
        cases.append(_case(appeal, position, outcomes[appeal.pk]))
    return cases


def _going_on(appeal: Appeal, position: Position) -> Position:
    """The position with the times that will hold when the last hold on its clock has ended, if that is known."""
    ends = [stop.until for stop in position.stops if stop.rung is None and stop.channel is None]
    if appeal.stopped_at is None or not ends or position.begun_at is None:
        return position
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return position
    still = whole_seconds(max(known) - appeal.stopped_at)
    due_at = position.due_at + still if position.due_at else None
    return replace(position, begun_at=position.begun_at + still, due_at=due_at)


def _arriving(position: Position, now: datetime) -> Position:
    """What is on its way now is taken to arrive: nobody has to act for that."""
    last = position.last_message
    if last is None or last.proven_at or last.accepted_at or last.trouble:
        return position
    return replace(position, last_message=replace(last, proven_at=now))


def _case(appeal: Appeal, position: Position, standing: Standing) -> Case:
    kept = {demand.key: standing.outcome(demand) for demand in standing.demands}
    return Case(
        key=appeal.addressee.key,
        position=replace(position, appeal=appeal.addressee.key),
        status=appeal.status,
        outcomes={key: (outcome.kind, outcome.until) for key, outcome in kept.items() if outcome},
    )
