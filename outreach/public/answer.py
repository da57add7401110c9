"""Where an addressee's office answers, demand by demand, by the link in its letters. No sign-in and no cookie: the link
shows only what is public, and the passcode from the letter is the proof of who sends.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.kept import brief_of
from campaigns.text import in_language
from campaigns.wave import Turn
from campaigns.words.dates import day
from outreach.attempts import are_too_many, note_wrong
from outreach.links import answering
from outreach.public.answer_sentences import ANSWER
from outreach.public.sentences import SAID, direction, spoken
from outreach.said import KINDS, Said, Trouble, read_said
from outreach.sealed_file import NotKept, accepted, refuse_too_large
from outreach.stating import state

View = Callable[[HttpRequest, Appeal], HttpResponse]
FILL_IN, CHECK = "fill in", "check"


def _by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of the appeal the link was made for. Nobody is signed in here, so there is no CSRF token to check."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        known = answering().appeal(token)
        appeal = _appeals().filter(pk=known).first() if known else None
        return view(request, appeal) if appeal else lost(request)

    return csrf_exempt(never_cache(opened))


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """GET shows the demands and changes nothing, nor does a check; only sending with the passcode does."""
    if request.method != "POST":
        return _page(request, appeal, FILL_IN)
    demands = tuple(appeal.campaign.demands.all())
    said, troubles = read_said(request.POST, demands, appeal.campaign.zone, moment.now())
    step = request.POST.get("step", "")
    if step == "change":
        return _page(request, appeal, FILL_IN, said=said)
    if troubles:
        return _page(request, appeal, FILL_IN, said=said, troubles=troubles)
    if step != "send":
        return _page(request, appeal, CHECK, said=said)
    return _send(request, appeal, said)


@_by_link
@require_safe
def received(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """It has arrived."""
    return _page(request, appeal, "sent")


@csrf_exempt
@never_cache
def lost(request: HttpRequest, token: str = "") -> HttpResponse:
    """A link that was not made here, or not in full, or of a campaign that is not public."""
    return _page(request, None, "lost", status=404)


def _send(request: HttpRequest, appeal: Appeal, said: Said) -> HttpResponse:
    name, address = f"answer {appeal.pk}", f"answer {request.META.get('REMOTE_ADDR', '')}"
    if are_too_many(name, address):
        return _page(request, appeal, CHECK, 429, said=said, troubles=[("passcode", "patience", "")])
    if not answering().is_passcode(appeal.pk, request.POST.get("passcode", "")):
        note_wrong(name, address)
        return _page(request, appeal, CHECK, said=said, troubles=[("passcode", "passcode", "")])
    try:
        file = _file(request)
        state(appeal, said, _key(request), moment.now(), file)
    except NotKept:
        return _page(request, appeal, CHECK, said=said, troubles=[("document", "document", "")])
    return redirect("answer-received", token=answering().token(appeal.pk))


def _file(request: HttpRequest) -> tuple[str, bytes] | None:
    """The document that came with it. Raises NotKept, before reading it, if it is too large."""
    sent = request.FILES.get("document")
    if sent is None:
        return None
    refuse_too_large(sent.size or 0)
    return sent.name or "", sent.read()


def _key(request: HttpRequest) -> UUID:
    """What makes the same form, sent twice, one answer."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _appeals() -> Any:
    public = Appeal.objects.filter(campaign__published_at__isnull=False)
    return public.select_related("campaign", "addressee").prefetch_related("campaign__demands")


def _page(
    request: HttpRequest,
    appeal: Appeal | None,
    step: str,
    status: int = 200,
    *,
    said: Said | None = None,
    troubles: list[Trouble] | None = None,
) -> HttpResponse:
    language = spoken(_wanted(request, appeal))
    words = ANSWER[language]
    context = {
        "language": language,
        "direction": direction(language),
        "said": SAID[language],
        "words": words,
        "step": step,
        "problems": [(field, words.problem(what, number)) for field, what, number in troubles or ()],
        **(_about(request, appeal, language, said) if appeal else {"appeal": None}),
    }
    response = render(request, "public/answer.html", context, status=422 if troubles and status == 200 else status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _about(request: HttpRequest, appeal: Appeal, language: str, said: Said | None) -> dict[str, Any]:
    campaign, brief = appeal.campaign, brief_of(appeal.campaign, 0)
    given = {each.demand.key: each for each in said.positions} if said else {}
    return {
        "appeal": appeal,
        "token": answering().token(appeal.pk),
        "campaign": _in(campaign.title, language),
        "sender": _in(campaign.sender.get("name", {}), language),
        "addressee": brief.term(appeal.addressee.name, language),
        "lettered": _day_of_letter(appeal, language),
        "demands": [(each, *_in(each.title, language), *_in(each.text, language)) for each in campaign.demands.all()],
        "given": given,
        "answer": said,
        "kinds": KINDS,
        "date": lambda value: day(value, language, campaign.time_zone),
        "languages": _languages(appeal),
        "key": request.POST.get("key") or uuid4(),
        "accepted": accepted(),
    }


def _languages(appeal: Appeal) -> list[str]:
    """Those of the campaign and of the addressee in which the page can speak."""
    both = dict.fromkeys((*appeal.campaign.languages, *appeal.addressee.languages))
    return [each for each in both if each in ANSWER]


def _wanted(request: HttpRequest, appeal: Appeal | None) -> list[str]:
    """The language that was asked for, then the addressee's own, then the campaign's; the browser's for a lost link."""
    asked = request.POST.get("language") or request.GET.get("language") or ""
    if appeal is None:
        return [each for each, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    return [*filter(None, [asked[:12]]), *appeal.addressee.languages, *appeal.campaign.languages]


def _day_of_letter(appeal: Appeal, language: str) -> str:
    """The day on which the demands were put to them; empty before."""
    opened: datetime | None = appeal.turns.filter(kind=Turn.Kind.OPENING).values_list("at", flat=True).first()
    return day(opened, language, appeal.campaign.time_zone) if opened else ""


def _in(text: Any, language: str) -> tuple[str, str]:
    """What is said, and in which language it is."""
    found = next((each for each in (language, *text) if text.get(each)), "")
    return in_language(text, found), found
