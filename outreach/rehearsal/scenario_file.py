"""A scenario as people write it, read with every mistake named at its place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from campaigns.deadline import SECOND
from campaigns.edition import Edition
from campaigns.folder.defect import Defect, Defects
from campaigns.folder.fit import fit
from campaigns.folder.limits import LARGEST_YAML
from campaigns.folder.positions import read_yaml
from campaigns.folder.reading import read_text
from campaigns.folder.values import LocalTime, Span, Words, Wrong, choice, day, in_zone, words
from campaigns.words.near import nearest
from outreach.rehearsal.scenario import Answer, Scenario

KINDS = ("auto-reply", "acknowledgement", "deflection", "substantive", "refusal", "commitment")
MOST_SUPPORTERS = 1_000_000
Outcomes = dict[str, tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class Cast:
    """What an answer may speak of: the campaign's addressees, steps and demands."""

    addressees: tuple[str, ...]
    steps: tuple[str, ...]
    demands: tuple[str, ...]


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
    kinds = ("done", "partly", "refused")
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
    at: LocalTime | None = None
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


class ScenarioFile(BaseModel):
    """Who answers what, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    note: Words = ""
    supporters: Annotated[int, BeforeValidator(_number)] = 0
    answers: list[AnswerFile] = Field(default_factory=list)


def read_scenario(file: Path, edition: Edition) -> tuple[Scenario | None, list[Defect]]:
    """The scenario, or everything that is wrong with it. Local times are the campaign's own."""
    defects = Defects(file.name)
    text = read_text(file.parent, file.name, LARGEST_YAML, defects)
    document = read_yaml(text, defects) if text is not None else None
    cast = Cast(edition.asked, tuple(rung.key for rung in edition.rules.ladder), edition.demands)
    read = fit(document, ScenarioFile, cast, defects) if document is not None else None
    if read is None or defects:
        return None, list(defects)
    answers = tuple(_answer(each, edition) for each in read.answers)
    return Scenario(read.title, read.note, read.supporters, answers), []


def _answer(read: AnswerFile, edition: Edition) -> Answer:
    return Answer(
        addressee=read.addressee,
        kind=read.kind,
        at=_instant(read.at, edition),
        after=read.after,
        on=read.on,
        bounce=read.bounce,
        text=read.text,
        read_after=read.read_after or 0 * SECOND,
        outcomes=read.outcomes,
    )


def _instant(local: datetime | None, edition: Edition) -> datetime | None:
    return in_zone(local, edition.brief.time_zone).astimezone(UTC) if local else None


def _cast(info: ValidationInfo) -> Cast:
    assert isinstance(info.context, Cast)
    return info.context


def _one_of(word: str, choices: tuple[str, ...], what: str) -> str:
    if word not in choices:
        raise Wrong(f"there is no such {what}", nearest(word, choices))
    return word
