from typing import Any

from ninja import Query, Router, Status

from campaigns.mailing import Mailing
from campaigns.moment import now
from campaigns.segment import Segment, Unsuited
from campaigns.words.problem import Unfit
from outreach.api import find
from outreach.api.access import Request
from outreach.api.mailing_given import Letter, MailingIn, Name, PlanIn, SeenIn, StopIn, TestIn
from outreach.api.mailing_told import MailingInFull, MailingOut, SampleOut, TestOut, described, in_full
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Fault, Trouble
from outreach.api.values import PathKey
from outreach.mailings import steering
from outreach.mailings.draft import Draft, write
from outreach.mailings.sample import sample, send_test
from outreach.mailings.steering import NotAllowed, NotNow

router = Router(tags=["mailings"])
ONE = "/{slug}/mailings/{key}"


@router.get("/{slug}/mailings", response=Page[MailingOut], summary="List mailings")
def list_mailings(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """What staff write, and wrote, to supporters outside the ladder; the newest first."""
    rows = find.campaign(request, slug).mailings.select_related("campaign")
    return page_of(request, window, rows, described)


@router.get(ONE, response=MailingInFull, summary="Show a mailing")
def show_mailing(request: Request, slug: PathKey, key: PathKey) -> dict[str, Any]:
    """With whom it would go to now, and how far it is."""
    return in_full(_find(request, slug, key))


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
        return in_full(write(find.campaign(request, slug), draft, request.auth.name, now()))
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
        return in_full(deed())
    except NotNow as problem:
        raise Trouble(FORBIDDEN if isinstance(problem, NotAllowed) else CONFLICT, str(problem)) from problem


def _wrong(problem: Unsuited) -> Trouble:
    place = problem.field.replace("texts", "wordings").replace(".", "/")
    return Trouble(INVALID, str(problem), [Fault(location=f"body/{place}", detail=str(problem))])
