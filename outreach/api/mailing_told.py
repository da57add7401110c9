"""What is told of a mailing over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from campaigns.mailing import Mailing
from campaigns.moment import now
from outreach.mailings import steering
from outreach.mailings.audience import audience
from outreach.mailings.contest import verdict_of
from outreach.mailings.numbers import Numbers, numbers_of

PROVEN = ("delivered", "bounced", "refused", "unknown")


class NumbersOut(Schema):
    """How far it is."""

    planned: int = Field(description="For so many a delivery is written")
    waiting: int
    sent: int = Field(description="A provider took it, whatever became of it")
    delivered: int = Field(description="Proven")
    bounced: int
    refused: int
    unknown: int
    complained: int
    unsubscribed: int = Field(description="Of those it was sent to, since")
    left_out: dict[str, int] = Field(description="By reason")


class WordingNumbersOut(NumbersOut):
    """The same of one wording."""

    wording: str


class ResultOut(Schema):
    """Of those who got a wording."""

    wording: str
    readers: int
    did: int
    low: float = Field(description="Wilson's interval of the rate, 95 %")
    high: float


class ContestOut(Schema):
    """What was counted when the test ended, once."""

    measure: str
    winner: str = Field(description="Empty: too few to tell")
    chosen: str = Field(description="The wording the rest gets")
    results: list[ResultOut]
    low: float | None = Field(description="Newcombe's interval of the difference between the two best")
    high: float | None


class MailingOut(Schema):
    """A mailing, and how it stands."""

    key: str
    title: str
    state: str
    for_whom: str = Field(description="In words")
    segment: dict[str, Any]
    wordings: list[str]
    at: datetime | None = Field(description="When it begins")
    lacking: int = Field(description="How many more people must approve it")
    content: str = Field(description="Send it back when you approve: it names what you saw")
    measure: str
    test_share: int
    test_ends_at: datetime | None
    author: str
    stopped_at: datetime | None
    stop_reason: str
    on_hold: list[str] = Field(description="The reasons of the holds that keep it")
    url: str


class MailingInFull(MailingOut):
    """With its numbers."""

    would_get_it: int = Field(description="Supporters in the segment now")
    have_had_enough: int | None = Field(description="Of them; null where there are too many to look at beforehand")
    numbers: NumbersOut
    by_wording: list[WordingNumbersOut]
    contest: ContestOut | None


class SampleOut(Schema):
    """A letter as a supporter would get it now."""

    wording: str
    language: str
    subject: str
    text: str
    html: str


class TestOut(Schema):
    """What the wire said of it."""

    said: str


def described(mailings: Sequence[Mailing]) -> list[dict[str, Any]]:
    return [told(each) for each in mailings]


def told(mailing: Mailing) -> dict[str, Any]:
    kept = (
        "key", "title", "state", "segment", "wordings", "at", "measure", "test_share", "test_ends_at", "author",
        "stopped_at", "stop_reason",
    )  # fmt: skip
    return {name: getattr(mailing, name) for name in kept} | {
        "for_whom": mailing.for_whom.sentence(),
        "lacking": mailing.lacking(),
        "content": mailing.content(),
        "on_hold": [hold.reason for hold in steering.standing_holds(mailing, now())],
        "url": f"/api/v1/campaigns/{mailing.campaign.slug}/mailings/{mailing.key}",
    }


def in_full(mailing: Mailing) -> dict[str, Any]:
    reach, numbers = audience(mailing, now()), numbers_of(mailing)
    return told(mailing) | {
        "would_get_it": reach.number,
        "have_had_enough": reach.full,
        "numbers": _numbers(numbers[""]),
        "by_wording": [{"wording": name, **_numbers(numbers[name])} for name in mailing.wordings],
        "contest": _contest(mailing),
    }


def _numbers(known: Numbers) -> dict[str, Any]:
    counted = ("planned", "waiting", "sent", "complained", "unsubscribed")
    return (
        {name: getattr(known, name) for name in counted}
        | {name: known.states[name] for name in PROVEN}
        | {"left_out": dict(known.left_out)}
    )


def _contest(mailing: Mailing) -> dict[str, Any] | None:
    found = verdict_of(mailing, now())
    if found is None:
        return None
    counted, verdict = found
    return {
        "measure": mailing.measure,
        "winner": verdict.winner,
        "chosen": mailing.chosen,
        "results": [
            {"wording": each.wording, "readers": each.readers, "did": each.did, "low": of.low, "high": of.high}
            for each, of in zip(counted, verdict.intervals, strict=True)
        ],
        "low": verdict.between.low if verdict.between else None,
        "high": verdict.between.high if verdict.between else None,
    }
