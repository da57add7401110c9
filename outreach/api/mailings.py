from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.folder.values import Span
from campaigns.mailing import LONGEST_KEY, Mailing
from campaigns.moment import now
from campaigns.segment import Segment, Unsuited
from campaigns.words.problem import Unfit
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Fault, Trouble
from outreach.api.values import Given, Instant, Line, PathKey, Words
from outreach.mailings import steering
from outreach.mailings.audience import audience
from outreach.mailings.contest import verdict_of
from outreach.mailings.draft import LETTERS, Draft, write
from outreach.mailings.numbers import Numbers, numbers_of
from outreach.mailings.sample import sample, send_test
from outreach.mailings.steering import NotAllowed, NotNow

router = Router(tags=["mailings"])
Key = Annotated[str, Field(max_length=LONGEST_KEY, description="Small letters, digits and hyphens")]
Letter = Annotated[str, Field(pattern=f"^[{LETTERS}]$", description="Which wording: a for the first")]
Name = Annotated[str, Field(max_length=80)]
Names = Annotated[list[Name], Field(max_length=1000)]
ONE = "/{slug}/mailings/{key}"
PROVEN = ("delivered", "bounced", "refused", "unknown")


class TextIn(Given):
    """One wording in one language."""

    subject: Line
    body: Words = Field(description="Markdown, and what docs/wordings.md names")


Wordings = Annotated[
    list[dict[Name, TextIn]],
    Field(max_length=len(LETTERS), description="Each by language; the first is what is sent in doubt"),
]


class SegmentIn(Given):
    """What all who get it have in common; what is left out is not asked about."""

    countries: Names = Field([], description="ISO 3166 codes")
    divisions: Names = Field([], description="And all that lies in them")
    languages: Names = []
    has_signed: bool | None = None
    has_written: bool | None = Field(None, description="A letter to an addressee, and confirmed it")
    joined_from: Instant | None = None
    joined_before: Instant | None = None
    representatives: Names = Field([], description="silent, committed, broken, refused, acted: how their own stand")


class MailingIn(Given):
    """A mailing as a draft."""

    title: Line = Field(description="For staff")
    wordings: Wordings
    segment: SegmentIn = Field(default_factory=SegmentIn)
    measure: Mailing.Measure = Field(Mailing.Measure.LETTERS, description="What is compared of several wordings")
    test_share: int = Field(0, ge=0, le=90, description="Per cent who get one of several wordings first; 0: everybody")
    test_time: Span | None = Field(None, description="After how long they are compared: 2 days")
    expires_after: Span | None = Field(None, description="What could not leave for so long leaves no more: 3 days")
    above_cap: Mailing.Above = Field(Mailing.Above.LEFT_OUT, description="Who has had as many letters as they may")


class PlanIn(Given):
    """When it is to begin."""

    at: Instant | None = Field(None, description="Left out: now")


class StopIn(Given):
    """Why it ends."""

    reason: Words = Field(description="Everyone who wonders will read it")


class SeenIn(Given):
    """A yes to what was seen."""

    seen: Name = Field(description="`content` of the mailing as it was shown")


class TestIn(Given):
    """A sample to one's own address."""

    to: Annotated[str, Field(max_length=320)]
    wording: Letter = "a"
    language: Name


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


@router.get("/{slug}/mailings", response=Page[MailingOut], summary="List mailings")
def list_mailings(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """What staff write, and wrote, to supporters outside the ladder; the newest first."""
    rows = find.campaign(request, slug).mailings.select_related("campaign")
    return page_of(request, window, rows, _described)


@router.get(ONE, response=MailingInFull, summary="Show a mailing")
def show_mailing(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """With whom it would go to now, and how far it is."""
    return _in_full(_find(request, slug, key))


@router.put(ONE, response=MailingInFull, summary="Write a mailing as a draft")
def put_mailing(request: Request, slug: PathKey, key: PathKey, data: MailingIn) -> dict[str, Any]:
    """A new one, or a draft that is changed. Nothing leaves before it is planned."""
    texts = [{name: (text.subject, text.body) for name, text in each.items()} for each in data.wordings]
    try:
        draft = Draft(
            key=key,
            title=data.title,
            texts=texts,
            segment=Segment.of(data.segment.model_dump()),
            measure=data.measure,
            test_share=data.test_share,
            test_time=data.test_time,
            expires_after=data.expires_after,
            above_cap=data.above_cap,
        )
        return _in_full(write(find.campaign(request, slug), draft, request.auth.name, now()))
    except Unsuited as problem:
        raise _wrong(problem) from problem


@router.post(ONE + "/plan", response=MailingInFull, summary="Let a mailing go")
def plan_mailing(request: Request, slug: PathKey, key: PathKey, data: PlanIn) -> dict[str, Any]:
    """It begins at its time, if it has the approvals the campaign asks for."""
    return _done(lambda: steering.plan(_find(request, slug, key), data.at, now()))


@router.delete(ONE + "/plan", response=MailingInFull, summary="Make a mailing a draft again")
def unplan_mailing(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """As long as nothing of it is written."""
    return _done(lambda: steering.take_back(_find(request, slug, key)))


@router.post(ONE + "/stop", response=MailingInFull, summary="Stop a mailing for good")
def stop_mailing(request: Request, slug: PathKey, key: PathKey, data: StopIn) -> dict[str, Any]:
    """Nothing of it leaves any more but what is on the wire. To stop it for a while, place a hold on it."""
    return _done(lambda: steering.stop(_find(request, slug, key), data.reason, request.auth.name, now()))


@router.post(ONE + "/approvals", response={201: MailingInFull}, summary="Approve a mailing")
def approve_mailing(request: Request, slug: PathKey, key: PathKey, data: SeenIn) -> Status[dict[str, Any]]:
    """It counts for exactly what was seen."""
    mailing = _find(request, slug, key)
    return Status(201, _done(lambda: (steering.approve(mailing, request.auth.user, data.seen, now()), mailing)[1]))


@router.delete(ONE + "/approvals", response=MailingInFull, summary="Take one's approval of a mailing back")
def unapprove_mailing(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """Until it has begun."""
    mailing = _find(request, slug, key)
    return _done(lambda: (steering.take_back_approval(mailing, request.auth.user, now()), mailing)[1])


@router.get(ONE + "/sample", response=SampleOut, summary="Show a letter of a mailing")
def show_sample(request: Request, slug: PathKey, key: PathKey, language: Name, wording: Letter = "a") -> dict[str, Any]:
    """As a sample supporter would get it now."""
    mailing = _find(request, slug, key)
    try:
        shown = sample(mailing, _wording(mailing, wording, language), language, now())
    except Unfit as problem:
        raise Trouble(INVALID, str(problem), [Fault(location="query/language", detail=str(problem))]) from None
    return {field: getattr(shown, field) for field in ("wording", "language", "subject", "text", "html")}


@router.post(ONE + "/tests", response={201: TestOut}, summary="Send a sample to oneself")
def create_test(request: Request, slug: PathKey, key: PathKey, data: TestIn) -> Status[dict[str, Any]]:
    """Marked [TEST] and counted nowhere; its link ends nobody's letters."""
    mailing = _find(request, slug, key)
    name = _wording(mailing, data.wording, data.language)
    try:
        return Status(201, {"said": send_test(mailing, name, data.language, data.to, now())})
    except Unsuited as problem:
        raise _wrong(problem) from problem
    except Unfit as problem:
        raise Trouble(INVALID, str(problem), [Fault(location="body/language", detail=str(problem))]) from None


def _find(request: Request, slug: str, key: str) -> Mailing:
    rows = find.campaign(request, slug).mailings.select_related("campaign")
    return find.find(rows, f"There is no mailing “{key}” in “{slug}”", key=key)


def _wording(mailing: Mailing, letter: str, language: str) -> str:
    name = f"mailing-{mailing.key}-{letter}"
    if not mailing.texts.current().filter(name=name, language=language).exists():
        raise Trouble(NOT_FOUND, f"“{mailing.key}” has no wording {letter} in {language}")
    return name


def _done(deed: Any) -> dict[str, Any]:
    """What the deed leaves; its refusal as a document."""
    try:
        return _in_full(deed())
    except NotNow as problem:
        raise Trouble(FORBIDDEN if isinstance(problem, NotAllowed) else CONFLICT, str(problem)) from problem


def _wrong(problem: Unsuited) -> Trouble:
    place = problem.field.replace("texts", "wordings").replace(".", "/")
    return Trouble(INVALID, str(problem), [Fault(location=f"body/{place}", detail=str(problem))])


def _described(mailings: Sequence[Mailing]) -> list[dict[str, Any]]:
    return [_told(each) for each in mailings]


def _told(mailing: Mailing) -> dict[str, Any]:
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


def _in_full(mailing: Mailing) -> dict[str, Any]:
    reach, numbers = audience(mailing, now()), numbers_of(mailing)
    return _told(mailing) | {
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
