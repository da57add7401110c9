"""What may stand in a scenario file, and what is wrong with what may not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from campaigns.folder.values import Span, Wait, Words, Wrong, choice, day, in_zone, local_time, words
from campaigns.words.near import nearest
from channels.channel import CHANNELS

KINDS = ("auto-reply", "acknowledgement", "deflection", "substantive", "refusal", "commitment")
MOST_SUPPORTERS = 1_000_000
Outcomes = dict[str, tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class Cast:
    """What a scenario may speak of: the campaign's addressees, steps and demands, and its clock."""

    addressees: tuple[str, ...]
    steps: tuple[str, ...]
    demands: tuple[str, ...]
    time_zone: str


def _moment(value: object, info: ValidationInfo) -> datetime:
    return in_zone(local_time(value), _cast(info).time_zone).astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]


def _addressee(value: object, info: ValidationInfo) -> str:
    return _one_of(words(value), _cast(info).addressees, "addressee in this campaign")


def _step(value: object, info: ValidationInfo) -> str:
    return _one_of(words(value), _cast(info).steps, "step in this campaign")


def _outcomes(value: object, info: ValidationInfo) -> Outcomes:
    if not isinstance(value, dict):
        raise Wrong("outcomes are a map: a demand's key, or all, and what was done about it")
    demands = ("all", *_cast(info).demands)
    return {_one_of(str(named), demands, "demand in this campaign"): _outcome(said) for named, said in value.items()}


def _outcome(said: object) -> tuple[str, date | None]:
    if isinstance(said, dict) and list(said) == ["committed"]:
        return "committed", day(said["committed"])
    kinds = ("done", "partly", "refused", "deflected")
    if not isinstance(said, str) or said not in kinds:
        raise Wrong(f"an outcome is {', '.join(kinds)} or {{committed: 2023-05-20}}", nearest(str(said), kinds))
    return said, None


def _number(value: object) -> int:
    text = words(value)
    if not text.isdecimal() or int(text) > MOST_SUPPORTERS:
        raise Wrong(f"this is a number from 0 to {MOST_SUPPORTERS:,}")
    return int(text)


class AnswerFile(BaseModel):
    """One invented answer or bounce."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    addressee: Annotated[str, BeforeValidator(_addressee)]
    kind: Annotated[str, *choice(KINDS)] = ""
    at: Moment | None = None
    after: Span | None = None
    on: Annotated[str, BeforeValidator(_step)] = ""
    bounce: Words = ""
    text: Words = ""
    read_after: Span | None = None
    outcomes: Annotated[Outcomes, BeforeValidator(_outcomes)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _makes_sense(self) -> "AnswerFile":
        if sum(bool(each) for each in (self.at, self.after, self.on)) != 1:
            raise Wrong("an answer has one of at, after and on")
        if bool(self.kind) == bool(self.bounce):
            raise Wrong("this is either an answer with a kind, or a bounce")
        if self.bounce and not self.on:
            raise Wrong("a bounce is on a step")
        return self


class StretchFile(BaseModel):
    """A time from a moment, or so long after publication, to another moment, or so long."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    since: Moment | None = Field(default=None, alias="from")
    after: Span | None = None
    until: Moment | None = None
    lasts: Wait | None = None

    @model_validator(mode="after")
    def _has_a_beginning(self) -> "StretchFile":
        if (self.since is None) == (self.after is None):
            raise Wrong("this begins at one of from and after")
        if self.until is not None and self.lasts is not None:
            raise Wrong("this ends at one of until and lasts")
        if self.since and self.until and self.until <= self.since:
            raise Wrong("this would end before it begins")
        return self

    def start(self, published_at: datetime) -> datetime:
        return self.since or published_at + (self.after or timedelta())

    def end(self, published_at: datetime) -> datetime | None:
        return self.start(published_at) + self.lasts if self.lasts else self.until


class OutageFile(StretchFile):
    """A provider that takes nothing, or without a channel the whole system, which does nothing."""

    channel: Annotated[str, *choice(CHANNELS)] = ""

    @model_validator(mode="after")
    def _has_an_end(self) -> "OutageFile":
        if self.until is None and self.lasts is None:
            raise Wrong("an outage ends: say until, or lasts")
        return self


class HoldFile(StretchFile):
    """A hold: on the campaign, or on one addressee, step or channel."""

    reason: Words
    addressee: Annotated[str, BeforeValidator(_addressee)] = ""
    step: Annotated[str, BeforeValidator(_step)] = ""
    channel: Annotated[str, *choice(CHANNELS)] = ""

    @model_validator(mode="after")
    def _is_on_one_thing(self) -> "HoldFile":
        if sum(bool(each) for each in (self.addressee, self.step, self.channel)) > 1:
            raise Wrong("a hold is on one of addressee, step and channel, or on the campaign")
        return self


class MomentFile(BaseModel):
    """One moment: at a time, or so long after publication."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Moment | None = None
    after: Span | None = None

    def moment(self, published_at: datetime) -> datetime | None:
        return self.at or (published_at + self.after if self.after is not None else None)


class SignaturesFile(MomentFile):
    """How many signatures there are from then on."""

    count: Annotated[int, BeforeValidator(_number)]

    @model_validator(mode="after")
    def _has_a_moment(self) -> "SignaturesFile":
        if (self.at is None) == (self.after is None):
            raise Wrong("signatures are counted at one of at and after")
        return self


class ApprovalFile(MomentFile):
    """When a step is approved that needs it; without a moment, never."""

    step: Annotated[str, BeforeValidator(_step)]

    @model_validator(mode="after")
    def _has_one_moment(self) -> "ApprovalFile":
        if self.at is not None and self.after is not None:
            raise Wrong("an approval comes at one of at and after, or never")
        return self


class ScenarioFile(BaseModel):
    """Who answers what and when, and what else happens meanwhile."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    note: Words = ""
    supporters: Annotated[int, BeforeValidator(_number)] = 0
    answers: list[AnswerFile] = Field(default_factory=list)
    outages: list[OutageFile] = Field(default_factory=list)
    holds: list[HoldFile] = Field(default_factory=list)
    signatures: list[SignaturesFile] = Field(default_factory=list)
    approvals: list[ApprovalFile] = Field(default_factory=list)


def _cast(info: ValidationInfo) -> Cast:
    assert isinstance(info.context, Cast)
    return info.context


def _one_of(word: str, choices: tuple[str, ...], what: str) -> str:
    if word not in choices:
        raise Wrong(f"there is no such {what}", nearest(word, choices))
    return word
