"""A campaign folder that was read in full and found right, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from campaigns.condition import Condition, Stance
from campaigns.deadline import Ends, Patience
from campaigns.directory.divisions_file import Divisions
from campaigns.edition import Edition, Reader
from campaigns.folder import schema
from campaigns.folder.addressees import AddresseeRow
from campaigns.folder.places import DAYS
from campaigns.folder.values import in_zone
from campaigns.folder.ways import AT_ONCE
from campaigns.folder.wordings import WordingFile
from campaigns.ladder import Dispatch, Ladder, Reminder, Rung, branches_of
from campaigns.letter_start import letters_of
from campaigns.place import Place
from campaigns.position import Clock, Fairness, Rules, Satisfied
from campaigns.sending import sending_of
from campaigns.words.brief import Asked, Brief, Dated, Office
from campaigns.words.wording import compiled

LAST_WAIT = Patience(timedelta(days=1))
APPROVERS = {"automatic": 0, "one approver": 1, "two approvers": 2}


@dataclass(frozen=True)
class CampaignFolder:
    """Everything a folder says. `campaign` is campaign.yaml; its texts are maps that cover every language."""

    path: Path
    campaign: schema.Campaign
    addressees: tuple[AddresseeRow, ...]
    wordings: tuple[WordingFile, ...]
    divisions: Divisions

    @property
    def slug(self) -> str:
        return self.campaign.slug or self.path.resolve().name

    @property
    def default_language(self) -> str:
        return self.campaign.languages[0]

    @cached_property
    def publish_at(self) -> datetime:
        """The planned publication, UTC."""
        return in_zone(self.campaign.publish_at, self.campaign.time_zone).astimezone(UTC)

    @cached_property
    def asked(self) -> tuple[AddresseeRow, ...]:
        """Those the demands are put to, each once, group by group and by name."""
        members = (row for group in self.campaign.put_to for row in self.members(group))
        return tuple({row.key: row for row in members}.values())

    def members(self, group: str) -> tuple[AddresseeRow, ...]:
        return tuple(sorted((row for row in self.addressees if group in row.groups), key=lambda row: row.name))

    def ladder(self) -> Ladder:
        return Ladder(tuple(self._rung(number, step) for number, step in enumerate(self.campaign.ladder, 1)))

    def rules(self) -> Rules:
        """The campaign as its clock sees it, published when planned."""
        fairness = self.campaign.fairness
        return Rules(
            ladder=self.ladder(),
            zone=ZoneInfo(self.campaign.time_zone),
            published_at=self.publish_at,
            clock=Clock(self.campaign.clock),
            fairness=Fairness(
                minimum_gap=fairness.minimum_gap,
                respects_weekends=fairness.weekends == "wait",
                respects_holidays=fairness.holidays == "wait",
                proof_after=fairness.proof_after,
            ),
            sending=sending_of(self.sending()),
        )

    def sending(self) -> dict[str, dict[str, object]]:
        """When its messages leave, as it is kept: what is said of each audience."""
        said = self.campaign.sending
        audiences = {name: _manner(getattr(said, name)) for name in schema.Sending.model_fields}
        return {name: manner for name, manner in audiences.items() if manner}

    def letter_rules(self) -> dict[str, Any]:
        """What it says of its supporters' letters, as it is kept; nothing if there are none."""
        said = self.campaign.letters
        return said.model_dump(exclude_none=True) if said else {}

    def consent(self) -> dict[str, Any]:
        """What people are asked and told, as it is kept: only what is said of it."""
        said = self.campaign.consent.model_dump(exclude_defaults=True)
        if age := said.get("age"):
            said["age"] = {"at_least": age["at_least"], "with_parent": age.get("younger") == "with a parent"}
        return said

    def brief(self) -> Brief:
        """What the campaign says of itself."""
        campaign = self.campaign
        return Brief(
            title=campaign.title,
            summary=campaign.summary,
            url=campaign.website or "",
            published_at=self.publish_at,
            total=len(self.asked),
            time_zone=campaign.time_zone,
            default_language=self.default_language,
            sender_name=campaign.sender.name,
            sender_email=campaign.sender.email,
            demands=tuple(Asked(n, each.key, each.title, each.text) for n, each in enumerate(campaign.demands, 1)),
            facts=tuple(Dated(each.key, each.date, each.text, each.source or "") for each in campaign.facts),
            terms=campaign.terms,
        )

    def edition(self) -> Edition:
        """The campaign ready to be run, rehearsed or foreseen."""
        return Edition(
            slug=self.slug,
            title=self.campaign.title,
            languages=tuple(self.campaign.languages),
            rules=self.rules(),
            brief=self.brief(),
            satisfied=Satisfied(self.campaign.satisfied),
            asked=tuple(row.key for row in self.asked),
            readers={row.key: reader(row) for row in self.addressees},
            members={group.key: tuple(row.key for row in self.members(group.key)) for group in self.campaign.groups},
            step_titles={step.step: step.title for step in self.campaign.ladder},
            wordings={each.key: compiled(each.source) for each in self.wordings if each.is_usable},
            group_titles={group.key: group.title for group in self.campaign.groups},
            letters=letters_of(self.letter_rules()),
        )

    def _rung(self, number: int, step: schema.Step) -> Rung:
        return Rung(
            number=number,
            key=step.step,
            patience=self.patience(number, step),
            dispatches=tuple(dispatches(step)),
            reminders=tuple(
                Reminder(place, reminder_dispatch(step, each), each.before, each.after)
                for place, each in enumerate(step.reminders, 1)
            ),
            condition=Condition(frozenset(map(Stance, step.only_if)), step.signatures),
            at_once=step.begins == AT_ONCE,
            branches=branches_of(step.next),
            approvers=APPROVERS[step.approval],
            minimum_gap=step.minimum_gap,
        )

    def patience(self, number: int, step: schema.Step) -> Patience:
        """How long a step waits: the first one for the deadline, the last one, if it does not say, a day."""
        if number == 1:
            return replace(self.campaign.deadline.after, ends=Ends(self.campaign.deadline.ends))
        return replace(step.patience or LAST_WAIT, ends=Ends(step.ends))


def _manner(manner: schema.Manner) -> dict[str, object]:
    """What is not as it would be anyhow: times as text, spans in seconds."""
    said = manner.model_dump(exclude_defaults=True)
    if manner.hours:
        said["hours"] = [f"{at:%H:%M}" for at in manner.hours]
    if manner.spread:
        said["spread"] = manner.spread.total_seconds()
    return said


def dispatches(step: schema.Step) -> Iterator[Dispatch]:
    """What a step sends when it begins."""
    yield Dispatch.named(step.audience, tuple(step.channels), step.wording or step.step, step.expires_after)
    for also in step.also:
        yield Dispatch.named(also.audience, tuple(also.channels), also.wording, also.expires_after)


def reminder_dispatch(step: schema.Step, reminder: schema.Reminder) -> Dispatch:
    channels = tuple(reminder.channels or step.channels)
    return Dispatch.named(reminder.audience or step.audience, channels, reminder.wording, reminder.expires_after)


def office(row: AddresseeRow) -> Office:
    return Office(row.key, row.name, row.holder, row.salutation, row.country, row.capacities)


def reader(row: AddresseeRow) -> Reader:
    """The addressee as somebody to write to."""
    weekend = frozenset(DAYS.index(day) for day in row.weekend)
    addresses = {channel: known[0] for channel, known in row.addresses.items()}
    place = Place(ZoneInfo(row.time_zone), row.country, weekend)
    return Reader(office(row), row.languages, place, addresses, row.division or "", row.kind)
