"""campaign.yaml, key by key. What is written here is also the JSON Schema that editors complete from."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from campaigns.deadline import Patience
from campaigns.folder.consents import Consent
from campaigns.folder.hours import Hours, Spread
from campaigns.folder.letter_rules import Letters
from campaigns.folder.named import GroupKey
from campaigns.folder.part import Part
from campaigns.folder.places import country_problem, writing_problem
from campaigns.folder.values import (
    KEY,
    Day,
    HowLong,
    Key,
    Language,
    LocalTime,
    Site,
    Span,
    Terms,
    Text,
    Wait,
    Web,
    Words,
    Wrong,
    Zone,
    choice,
    known,
    words,
)  # fmt: skip
from campaigns.folder.ways import OnlyIf, Ways
from campaigns.ladder import ADDRESSEES, OF_THE_SILENT, PUBLIC, SUPPORTERS
from campaigns.words.near import nearest
from channels.channel import CHANNELS

AUDIENCES = (ADDRESSEES, SUPPORTERS, OF_THE_SILENT, PUBLIC)


def _audience(written: object, info: ValidationInfo) -> str:
    value = words(written)
    groups = known(info).groups
    if value not in AUDIENCES and value not in groups:
        everyone = (*AUDIENCES, *groups)
        raise Wrong(f"there is no such audience or group (there is: {', '.join(everyone)})", nearest(value, everyone))
    return value


def _written(value: str) -> str:
    if problem := writing_problem(value):
        raise Wrong(*problem)
    return value


def _country(value: str) -> str:
    if problem := country_problem(value):
        raise Wrong(*problem)
    return value


def _address_on(channel: str) -> AfterValidator:
    def check(address: str) -> str:
        if problem := CHANNELS[channel].address_problem(address):
            raise Wrong(problem)
        return address

    return AfterValidator(check)


Audience = Annotated[
    str,
    BeforeValidator(_audience),
    WithJsonSchema({"anyOf": [{"enum": list(AUDIENCES)}, {"type": "string", "pattern": f"^{KEY}$"}]}),
]
WrittenLanguage = Annotated[Language, AfterValidator(_written)]
ChannelName = Annotated[str, *choice(CHANNELS)]
Ending = Annotated[str, *choice(("exact", "end of day"))]
Start = Annotated[str, *choice(("after the deadline", "at once"))]
Assent = Annotated[str, *choice(("automatic", "one approver", "two approvers"))]
Rest = Annotated[str, *choice(("ignore", "wait"))]
Succession = Annotated[str, *choice(("carry", "restart"))]
Days = Annotated[str, *choice(("all", "workdays"))]
CurveName = Annotated[str, *choice(("even", "day"))]
Country = Annotated[Words, AfterValidator(_country)]


def _signatures(value: object) -> int:
    text = words(value).replace(",", "").replace("_", "")
    if not text.isdecimal() or not 0 < int(text) <= MOST_SIGNATURES:
        raise Wrong(f"this is a number from 1 to {MOST_SIGNATURES:,}")
    return int(text)


MOST_SIGNATURES = 1_000_000_000


Signatures = Annotated[int, BeforeValidator(_signatures), WithJsonSchema({"type": "integer", "minimum": 1})]


class Deadline(Part):
    """How long the addressees have, from publication or from proven delivery."""

    after: HowLong = Field(default=Patience(timedelta(days=7)), json_schema_extra={"default": "7 days"})
    """The time to act: a number and minutes, hours, days, weeks or, with clock: delivery, business days."""
    ends: Ending = "end of day"
    """Whether the deadline falls at the end of its day in time_zone, or exactly after the span."""


class Fairness(Part):
    """What protects the addressees from us."""

    minimum_gap: Span = Field(default=timedelta(hours=24), json_schema_extra={"default": "24 hours"})
    """The least time between two messages to one addressee."""
    weekends: Rest = "ignore"
    """Whether a step that writes to an addressee waits over the addressee's own weekend."""
    holidays: Rest = "ignore"
    """Whether it waits over the public holidays of the addressee's country."""
    proof_after: Span = Field(default=timedelta(hours=48), json_schema_extra={"default": "48 hours"})
    """A message that was accepted and did not bounce for so long counts as having reached its recipient."""
    holder_change: Succession = "carry"
    """When somebody else takes an office: carry lets the clock go on, restart gives the step's whole time anew."""


class Manner(Part):
    """When messages to one audience may leave. What is due outside its hours waits for them."""

    hours: Hours | None = None
    """The hours of the day, such as 09:00-17:00, on the recipient's own clock; any hour if left out."""
    days: Days = "all"
    """Whether they are those of every day, or only of the recipient's own workdays."""
    holidays: Rest = "ignore"
    """Whether messages wait over the public holidays of the recipient's country."""
    spread: Spread | None = None
    """How long it takes until all of them have left, counted in open hours; all at once if left out."""
    curve: CurveName = "even"
    """Whether they leave evenly, or along the day: few at night, most when people read their messages."""

    @model_validator(mode="after")
    def _spreads_along_its_curve(self) -> "Manner":
        if self.curve != "even" and self.spread is None:
            raise Wrong("curve: there is nothing to spread along it: say spread: 4 hours, too")
        return self


class CampaignsManner(Manner):
    """The same for those who are written to by the campaign's clock. It has hours, but no country of its own."""

    country: Country | None = None
    """Whose weekend and public holidays count, such as AM; Saturday and Sunday, and no holidays, if left out."""

    @model_validator(mode="after")
    def _knows_its_holidays(self) -> "CampaignsManner":
        if self.holidays == "wait" and self.country is None:
            raise Wrong("holidays: say whose holidays: country: AM")
        return self


class Sending(Part):
    """When messages leave. Without it, at once."""

    addressees: Manner = Field(default_factory=Manner)
    """Letters to addressees and to members of groups, on each one's own clock and calendar."""
    supporters: CampaignsManner = Field(default_factory=CampaignsManner)
    """Messages to supporters, on the clock of time_zone."""
    public: CampaignsManner = Field(default_factory=CampaignsManner)
    """Posts on the campaign's own accounts, on the clock of time_zone."""


class Demand(Part):
    """One thing asked; answered separately."""

    key: Key
    """A short name, for outcomes and wordings. It does not change once the campaign is published."""
    title: Text
    """A few words."""
    text: Text
    """The demand in full."""


class Fact(Part):
    """Something with a date that can be checked."""

    key: Key
    """A short name."""
    date: Day
    """The day it happened."""
    text: Text
    """What happened, in one sentence."""
    source: Web | None = None
    """Where it can be checked."""


class Group(Part):
    """A named set of addressees. addressees.csv says who is in it, and in which capacity."""

    key: Key
    """The name used in the column groups, in put_to and as an audience."""
    title: Text
    """What the group is called."""

    @model_validator(mode="after")
    def _is_not_an_audience(self) -> "Group":
        if self.key in AUDIENCES:
            raise Wrong(f"{self.key!r} already means an audience: give the group another key")
        return self


class Sender(Part):
    """Who writes."""

    name: Text
    """The name in the letters' From line."""
    email: Annotated[Words, _address_on("email")]
    """The address letters come from."""
    reply_to: Annotated[Words, _address_on("email")] | None = None
    """Where answers go, if not to email. With a + before its @, as in answers+@campaign.example, each appeal gets an
    address of its own."""
    x: Annotated[Words, _address_on("x")] | None = None
    """The campaign's own account on X."""
    bluesky: Annotated[Words, _address_on("bluesky")] | None = None
    """The campaign's own account on Bluesky."""
    mastodon: Annotated[Words, _address_on("mastodon")] | None = None
    """The campaign's own account on Mastodon."""
    post: Annotated[list[Words], Field(min_length=1, max_length=6)] | None = None
    """The postal address on letters, line by line."""


class Reminder(Part):
    """A follow-up at the same level, to those with a demand still open."""

    before: Wait | None = None
    """So long before the step's deadline. Either before or after."""
    after: Wait | None = None
    """So long after the step began."""
    wording: Key
    """The folder in wordings/ with its words."""
    audience: Audience | None = None
    """To whom; as for the step if left out."""
    channels: Annotated[list[ChannelName], Field(min_length=1)] | None = None
    """Over which channels; as for the step if left out."""
    expires_after: Wait | None = None
    """What could not leave for so long is not sent any more; a reminder never leaves after its deadline."""

    @model_validator(mode="after")
    def _has_one_time(self) -> "Reminder":
        if (self.before is None) == (self.after is None):
            raise Wrong("a reminder has either before or after")
        return self


class Dispatch(Part):
    """What else goes out when the step begins."""

    audience: Audience
    """addressees (those still silent), supporters, public (the campaign's own accounts), or a group."""
    channels: Annotated[list[ChannelName], Field(min_length=1)]
    """Over which channels."""
    wording: Key
    """The folder in wordings/ with its words."""
    expires_after: Wait | None = None
    """What could not leave for so long is not sent any more."""


class Step(Part):
    """What happens at one level of the ladder."""

    step: Key
    """The step's key."""
    title: Text
    """What it is called on the board."""
    audience: Audience
    """addressees (those still silent), supporters, public (the campaign's own accounts), or a group."""
    channels: Annotated[list[ChannelName], Field(min_length=1)]
    """Over which channels."""
    wording: Key | None = None
    """The folder in wordings/ with its words; the step's key if left out."""
    expires_after: Wait | None = None
    """What could not leave for so long is not sent any more."""
    patience: HowLong | None = None
    """How long it waits for action. The first step waits for the deadline; the last may leave it out (1 day).

    Business days are the addressee's own: on its clock, without its weekend and its country's public holidays.
    """
    ends: Ending = "exact"
    """Whether the wait ends exactly after its span, or at the end of that day in time_zone."""
    only_if: OnlyIf = ()
    """For whom it happens: silent, refused, broken (a commitment), unreachable. For others it is left out."""
    signatures: Signatures = 0
    """How many signatures there must be; with fewer it is left out."""
    begins: Start = "after the deadline"
    """Whether it waits for the deadline of the step before, or begins as soon as its condition holds."""
    next: Ways = ()
    """Where the ladder goes on: the key of a step further down, end, or one of these for each of refused, silent, …"""
    approval: Assent = "automatic"
    """Whether it begins by itself, or only when one or two people have approved exactly what it sends."""
    minimum_gap: Span | None = None
    """The least time between two messages to one addressee before this step, in place of the campaign's."""
    reminders: list[Reminder] = []
    """Follow-ups while it waits."""
    also: list[Dispatch] = []
    """What else goes out when it begins."""


class Campaign(Part):
    """A campaign: demands put to addressees in public, with a deadline and a ladder of steps."""

    model_config = ConfigDict(title="campaign.yaml", json_schema_extra={"$id": "campaign.schema.json"})

    slug: Key | None = None
    """The campaign's name in addresses; the folder's name if left out."""
    title: Text
    """What the campaign is called: one text, or a map with one for each language."""
    summary: Text
    """What it is about, in one or two sentences."""
    languages: Annotated[list[WrittenLanguage], Field(min_length=1)]
    """Languages there are wordings in. The first is the default, and the one addressees.csv is written in."""
    time_zone: Zone
    """The clock all times in this file are read on, such as Asia/Yerevan."""
    publish_at: LocalTime
    """When publication is planned; a rehearsal starts here."""
    clock: Annotated[str, *choice(("publication", "delivery"))] = "publication"
    """What starts the deadline: one public instant for all, or the proven delivery to each addressee."""
    deadline: Deadline = Field(default_factory=Deadline)
    """How long the first step waits: the public deadline."""
    satisfied: Annotated[str, *choice(("all", "any"))] = "all"
    """Whether the clock stops when all demands are settled, or when any one of them is."""
    put_to: Annotated[list[GroupKey], Field(min_length=1)]
    """The groups the demands are put to. Who is in two of them still gets one letter."""
    fairness: Fairness = Field(default_factory=Fairness)
    """What the campaign promises not to do to an addressee."""
    sending: Sending = Field(default_factory=Sending)
    """When messages leave: in whose hours, and how far spread. At once if left out."""
    demands: Annotated[list[Demand], Field(min_length=1)]
    """What is asked, in the order letters number it."""
    facts: list[Fact] = []
    """What the demands rest on."""
    groups: Annotated[list[Group], Field(min_length=1)]
    """The groups addressees belong to."""
    sender: Sender
    """In whose name letters and posts go out."""
    consent: Consent = Field(default_factory=Consent)
    """What people are asked and told where they sign; whether the campaign may write to them if left out."""
    website: Web | None = None
    """The campaign's own website, if it has one: campaign.url in a wording. Links to its pages here do without."""
    embed: list[Site] = []
    """Sites that may show the form for signing in a frame on their pages, such as https://news.example."""
    fallbacks: list[Key] = []
    """Keys of addressees that people may write to where nobody represents them, because an office is vacant."""
    terms: Terms = {}
    """What addressees.csv says (names, holders, salutations, capacities) in the other languages."""
    letters: Letters | None = None
    """What supporters may write to addressees in their own name; nothing if left out."""
    ladder: Annotated[list[Step], Field(min_length=1)]
    """The steps, in order."""


PUBLISHED = Path(__file__).parents[2] / "templates" / "campaigns" / "campaign.schema.json"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of campaign.yaml (draft 2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Campaign.model_json_schema()}


def published() -> str:
    """The schema as the file holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(published(), encoding="utf-8")
