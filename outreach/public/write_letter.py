"""Writing to addressees: the letters as they begin, looked at as they will arrive, and kept until they are confirmed.

Nothing is kept of who leaves before the end, and the page tells nobody whether an address is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.representatives import Map
from campaigns.words.language import own_name
from outreach.hint import give_hint
from outreach.letters.enveloped import shown_carrier
from outreach.letters.openings import Beginning, Opening, Openings, carries_letters
from outreach.network import network_of
from outreach.public.arriving import Arriving
from outreach.public.consent_sentences import CONSENT
from outreach.public.kept_page import context_of
from outreach.public.letter_form import LONGEST_SUBJECT, LONGEST_TEXT, MOST, MOST_BYTES, Draft, Written, read
from outreach.public.letter_sentences import LETTERS
from outreach.public.quick_door import came_from, is_from_another_site
from outreach.public.sign_form import Wrong
from outreach.public.sign_sentences import SIGN
from outreach.public.signing_pages import signable
from outreach.public.write import TOO_LARGE, choose
from outreach.signing import read_signups
from outreach.signup import keep

UNSAID = ("step", "key")
"""Fields that the next page has of its own."""

SENTENCES = {
    "not an address": "email_wrong",
    "old": "old",
    "elsewhere": "elsewhere",
    "failed": "failed",
    "long": "too_long",
}
"""Problems that signing knows, too; others are ours. A field that is missing has a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One letter as it is being written. `reads`: the languages of the office, by their codes and own names."""

    opening: Opening
    beginning: Beginning
    letter: Written

    @property
    def key(self) -> str:
        return self.opening.key

    @property
    def reads(self) -> list[tuple[str, str]]:
        return [(code, own_name(code)) for code in self.opening.addressee.languages]


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The letters that were chosen: written, looked at, and sent to be confirmed. Only the last changes anything."""
    campaign = signable(slug, language)
    if not carries_letters(campaign):
        raise Http404
    if request.method != "POST":
        return redirect("write", slug=slug, language=language)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return choose(request, campaign, language, problem="too_long", status=TOO_LARGE)
    return Desk(request, campaign, language).answer()


@require_safe
def written(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The same for everybody who writes, whatever we think of it."""
    campaign = signable(slug, language)
    return render(request, "public/written.html", _context(campaign, language))


class Desk:
    """One request of somebody who writes."""

    def __init__(self, request: HttpRequest, campaign: Campaign, language: str) -> None:
        self.request, self.campaign, self.language = request, campaign, language
        self.now = moment.now()
        said = list(dict.fromkeys(request.POST.getlist("to")))[: MOST + 1]
        self.openings = Openings(campaign, language, self.now, said)
        self.chosen = [self.openings[key] for key in said if key in self.openings and not self.openings[key].closed]
        self.division = self._division(request.POST.get("division", ""))

    def answer(self) -> HttpResponse:
        if not self.chosen or len(self.chosen) > MOST:
            problem = "too_many" if self.chosen else "none_chosen"
            return choose(self.request, self.campaign, self.language, division=self.division, problem=problem)
        beginnings = {each.key: self.openings.begin(each) for each in self.chosen}
        step = self.request.POST.get("step", "")
        if step not in ("look", "change", "send"):
            return self._write(beginnings, _begun(beginnings))
        draft, wrong = read(
            self.request.POST.dict(), list(beginnings), self.campaign.slug, self.campaign.asking(), self.now
        )
        if is_from_another_site(self.request.META):
            wrong = (*wrong, Wrong("form", "elsewhere"))
        if step == "change":
            return self._write(beginnings, draft)
        if wrong:
            return self._write(beginnings, draft, wrong, status=422)
        return self._send(beginnings, draft) if step == "send" else self._look(beginnings, draft)

    def _send(self, beginnings: Mapping[str, Beginning], draft: Draft) -> HttpResponse:
        form = draft.form(self.language, self.division, beginnings)
        try:
            keep(self.campaign.pk, form, network_of(came_from(self.request.META), self.now), self.now)
        except (OperationalError, InterfaceError):
            return self._write(beginnings, draft, (Wrong("form", "failed"),), status=503)
        give_hint(read_signups)
        return redirect("written", slug=self.campaign.slug, language=self.language)

    def _look(self, beginnings: Mapping[str, Beginning], draft: Draft) -> HttpResponse:
        carrier = shown_carrier(self.campaign)
        addressees = {each.key: each.addressee for each in self.chosen}
        arriving = [Arriving(draft, each, beginnings[each.to], addressees[each.to], carrier) for each in draft.letters]
        said = [(name, value) for name, values in self.request.POST.lists() for value in values if name not in UNSAID]
        more = {"arriving": arriving, "draft": draft, "key": uuid4(), "carried_on": said}
        return self._page("public/write_look.html", more)

    def _write(
        self,
        beginnings: Mapping[str, Beginning],
        draft: Draft,
        wrong: tuple[Wrong, ...] = (),
        status: int = 200,
    ) -> HttpResponse:
        letters = {each.to: each for each in draft.letters}
        writings = [Writing(each, beginnings[each.key], letters[each.key]) for each in self.chosen]
        more = {
            "writings": writings,
            "draft": draft,
            "wrong": wrong,
            "longest_subject": LONGEST_SUBJECT,
            "longest_text": LONGEST_TEXT,
        }
        return self._page("public/write_letter.html", more, status)

    def _page(self, template: str, more: Mapping[str, object], status: int = 200) -> HttpResponse:
        context = _context(self.campaign, self.language) | {"division": self.division, "typed": self.request.POST}
        context |= more
        problems = more.get("wrong", ())
        assert isinstance(problems, tuple)
        context["problems"] = [(_place(each.field), _sentence(each, str(context["ours"]))) for each in problems]
        response = render(self.request, template, context, status=status)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _division(self, said: str) -> str:
        """What they chose, if there is such a place."""
        is_known = any(each.addressee.division == said for each in self.chosen)
        return said if said and (is_known or Map(self.campaign).place(said)) else ""


def _begun(beginnings: Mapping[str, Beginning]) -> Draft:
    return Draft(tuple(Written(key, each.words.subject, each.words.text) for key, each in beginnings.items()))


def _context(campaign: Campaign, language: str) -> dict[str, object]:
    context = context_of(campaign, language)
    return context | {"letters": LETTERS[str(context["ours"])]}


def _sentence(wrong: Wrong, ours: str) -> str:
    """What is wrong, in one of our languages."""
    field = wrong.field.partition("-")[0]
    if field == "age":
        return CONSENT[ours].age_missing
    if wrong.problem == "missing":
        return str(getattr(SIGN[ours], f"{field}_missing"))
    if wrong.problem in SENTENCES:
        return str(getattr(SIGN[ours], SENTENCES[wrong.problem]))
    return str(getattr(LETTERS[ours], wrong.problem.replace(" ", "_")))


def _place(field: str) -> str:
    """Where on the page the field is; what has none is by the button."""
    return "press" if field in ("token", "form") else field
