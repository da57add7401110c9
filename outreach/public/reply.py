"""Where a supporter reads what an office answered to their letter, with the files that came with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.kept import brief_of
from campaigns.text import in_language
from outreach.letters.forwarded import words_in
from outreach.letters.letter_reply import LetterReply
from outreach.letters.reply_sentences import REPLY
from outreach.letters.together_sentences import TOGETHER
from outreach.links import reply_page
from outreach.public.sentences import SAID, direction, spoken
from outreach.sealed_file import download

TOGETHER_WITH = ("letter__supporter", "letter__addressee", "letter__campaign", "incoming")
UNCHECKED = "application/octet-stream"
View = Callable[..., HttpResponse]


def _by_link(view: View) -> View:
    """The view of the reply the link was made for, as long as it is kept and there is somebody to read it."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        known = reply_page().supporter(token)
        replies = LetterReply.objects.select_related(*TOGETHER_WITH).filter(state=LetterReply.State.FORWARDED)
        reply = replies.filter(pk=known).first() if known else None
        if reply is None or not reply.letter.supporter.email or not reply.incoming.gist.sender:
            return _page(request, None, status=404)
        return view(request, reply, **named)

    return never_cache(opened)


@_by_link
@require_safe
def reply(request: HttpRequest, reply: LetterReply) -> HttpResponse:
    """All that came."""
    return _page(request, reply)


@_by_link
@require_safe
def reply_file(request: HttpRequest, reply: LetterReply, number: int) -> HttpResponse:
    """A file as it came, to be kept and never shown as a page of ours."""
    file = reply.incoming.attachments.filter(number=number).first()
    content = file.opened() if file else None
    if file is None or content is None:
        raise Http404
    return download(content, UNCHECKED, file.name or f"{number}")


def _page(request: HttpRequest, reply: LetterReply | None, status: int = 200) -> HttpResponse:
    languages = [each for each, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    if reply is not None:
        languages = [reply.letter.supporter.language, *reply.letter.campaign.languages]
    language = spoken(languages)
    context: dict[str, Any] = {
        "language": language,
        "direction": direction(language),
        "said": SAID[language],
        "words": REPLY[language],
        "lost": (TOGETHER[language].lost, TOGETHER[language].lost_more),
        "reply": reply,
        **(_about(reply, language) if reply else {}),
    }
    response = render(request, "public/reply.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _about(reply: LetterReply, language: str) -> dict[str, Any]:
    campaign = reply.letter.campaign
    office = brief_of(campaign, 0).term(reply.letter.addressee.name, language)
    return {
        "token": reply_page().token(reply.pk),
        "title": in_language(campaign.title, language, *campaign.languages),
        "heading": REPLY[language].subject.format(office=office, subject=reply.letter.subject),
        "text": words_in(reply.incoming),
        "files": list(reply.incoming.attachments.defer("content")),
    }
