"""A scenario as people write it, read with every mistake named at its place."""

from datetime import datetime, timedelta
from pathlib import Path

from campaigns.edition import Edition
from campaigns.folder.defect import Defect, Defects
from campaigns.folder.fit import fit
from campaigns.folder.limits import LARGEST_YAML
from campaigns.folder.positions import read_yaml
from campaigns.folder.reading import read_text
from outreach.rehearsal.scenario import Answer, Approval, Halt, Outage, Scenario, Signed
from outreach.rehearsal.scenario_schema import AnswerFile, Cast, HoldFile, OutageFile, ScenarioFile


def read_scenario(file: Path, edition: Edition) -> tuple[Scenario | None, list[Defect]]:
    """The scenario, or everything that is wrong with it. Local times are the campaign's own."""
    defects = Defects(file.name)
    text = read_text(file.parent, file.name, LARGEST_YAML, defects)
    document = read_yaml(text, defects) if text is not None else None
    steps = tuple(rung.key for rung in edition.rules.ladder)
    cast = Cast(edition.asked, steps, edition.demands, edition.brief.time_zone)
    read = fit(document, ScenarioFile, cast, defects) if document is not None else None
    if read is None or defects:
        return None, list(defects)
    published_at = edition.rules.published_at
    return Scenario(
        title=read.title,
        note=read.note,
        supporters=read.supporters,
        answers=tuple(_answer(each) for each in read.answers),
        outages=tuple(_outage(each, published_at) for each in read.outages),
        holds=tuple(_halt(each, published_at) for each in read.holds),
        signatures=tuple(Signed(each.moment(published_at) or published_at, each.count) for each in read.signatures),
        approvals=tuple(Approval(each.step, each.moment(published_at)) for each in read.approvals),
    ), []


def _answer(read: AnswerFile) -> Answer:
    return Answer(
        addressee=read.addressee,
        kind=read.kind,
        at=read.at,
        after=read.after,
        on=read.on,
        bounce=read.bounce,
        text=read.text,
        read_after=read.read_after or timedelta(),
        outcomes=read.outcomes,
    )


def _outage(read: OutageFile, published_at: datetime) -> Outage:
    start = read.start(published_at)
    return Outage(start, read.end(published_at) or start, read.channel)


def _halt(read: HoldFile, published_at: datetime) -> Halt:
    start, end = read.start(published_at), read.end(published_at)
    return Halt(read.reason, start, end, read.addressee, read.step, read.channel)
