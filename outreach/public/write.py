"""«Write to your representative»: who represents the people of a place, and the ways to them: a letter that we carry,
where the campaign has it so, and those that are open to all.

What is said of where somebody lives is posted, so that it stands in no address, and is not kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import moment
from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.finding import Finding, Place
from campaigns.representatives import Map
from channels.paper_letter import LETTER
from channels.phone import PHONE
from channels.web_form import FORM
from channels.x import X
from outreach.letters.openings import NO_MAIL, Opening, Openings, carries_letters
from outreach.public.kept_page import context_of
from outreach.public.letter_form import MOST
from outreach.public.letter_sentences import LETTERS
from outreach.public.sign_form import tidy
from outreach.public.signing_pages import signable

LONGEST = 120  # characters of a place
TOO_LARGE = 413  # HTTP
INTENT = "https://x.com/intent/tweet?"


@dataclass(frozen=True, slots=True)
class Ways:
    """An addressee, and the first usable address of each kind; empty where there is none.

    `opening`: whether a letter to them may be written here; None if the campaign carries none. `start`: what it begins
    with, to be copied, where there is no address to send it to.
    """

    addressee: Addressee
    opening: Opening | None
    start: str
    form: str
    phone: str
    post: tuple[str, ...]
    x: str

    @property
    def is_open(self) -> bool:
        """Whether anybody may use one of them."""
        return bool(self.form or self.phone or self.post or self.x)

    @property
    def intent(self) -> str:
        """A link that opens a new post of the reader's own."""
        return INTENT + urlencode({"text": f"{self.x} "})

    @property
    def call(self) -> str:
        """The number as a link (RFC 3966)."""
        number, _, extension = self.phone.lower().replace("ext.", "x").replace("ext", "x").partition("x")
        digits = "+" + "".join(filter(str.isdigit, number))
        return f"tel:{digits}" + (f";ext={extension.strip()}" if extension else "")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Ask where somebody lives; a posted answer is shown who represents them. Nothing is changed either way."""
    campaign = signable(slug, language)
    known = Map(campaign)
    if not known:
        return choose(request, campaign, language)
    where, street, chosen = (_said(request, name) for name in ("where", "street", "division"))
    place = known.place(chosen)
    country = _said(request, "country").upper()
    found = Finding((place,)) if place else known.look_up(where, country, street if known.takes_streets else "")
    context = _context(campaign, language) | {"where": where, "street": street, "places": known.within()}
    context["takes_streets"] = known.takes_streets
    status = 200
    if found.place:
        context |= _answer(campaign, language, known, found.place)
    elif request.method == "POST":
        status = 200 if found.places or found.countries else 422
        context["problem"] = _problem(found, is_said=bool(where or chosen))
        context["places"] = found.places or known.within()
        context["countries"] = [(code, name) for code, name in context["front"].countries if code in found.countries]
    return render(request, "public/write.html", context, status=status)


def _said(request: HttpRequest, name: str) -> str:
    return tidy(request.POST.get(name, "")[:LONGEST])


def _problem(found: Finding, *, is_said: bool) -> str:
    """The sentence that says why it is not one place."""
    if found.countries:
        return "which_country"
    if found.is_unsure:
        return "unsure"
    return "several" if found.places else "unknown" if is_said else "nothing"


def choose(
    request: HttpRequest, campaign: Campaign, language: str, *, division: str = "", problem: str = "", status: int = 0
) -> HttpResponse:
    """Whom to write to: who represents a place, or everybody the demands are put to. `problem`: with what was chosen.

    Where there is nobody, as after the campaign is over, the links in our letters lead to the campaign's page.
    """
    known = Map(campaign)
    if not known and not carries_letters(campaign):
        return redirect("campaign-in", slug=campaign.slug, language=language)
    context = _context(campaign, language) | {"places": known.within(), "whom_problem": problem}
    context["chosen"] = request.POST.getlist("to") if status != TOO_LARGE else []
    if place := known.place(division):
        context |= _answer(campaign, language, known, place)
    elif not known:
        openings = Openings(campaign, language, moment.now())
        context["everybody"] = [_ways(each.addressee, openings) for each in openings.values()]
    return render(request, "public/write.html", context, status=status or (422 if problem else 200))


def _context(campaign: Campaign, language: str) -> dict[str, Any]:
    context = context_of(campaign, language)
    nobody: dict[str, object] = {"place": None, "people": [], "everybody": [], "narrower": [], "is_nobodys": False}
    said = {"where": "", "division": "", "chosen": [], "problem": "", "whom_problem": "", "most": MOST}
    said |= {"street": "", "takes_streets": False, "countries": [], "instead": []}
    return context | nobody | said | {"letters": LETTERS[str(context["ours"])]}


def _answer(campaign: Campaign, language: str, known: Map, place: Place) -> dict[str, object]:
    """Who represents a place; and with them whoever is asked and represents no place alone."""
    told = known.representation(place.division)
    narrower = known.within(place.division)
    openings = _openings(campaign, language, [*told.people, *told.instead])
    everybodys = [each.addressee for each in openings.values() if not each.addressee.division]
    others = [each for each in everybodys if each not in told.instead]
    return {
        "place": place,
        "division": place.division,
        "people": [_ways(each, openings) for each in told.people],
        "instead": [_ways(each, openings) for each in told.instead],
        "everybody": [_ways(each, openings) for each in others],
        "narrower": narrower,
        "is_nobodys": not narrower and all(each.division != place.division for each in told.people),
    }


def _openings(campaign: Campaign, language: str, people: Iterable[Addressee]) -> Openings:
    """For these, and whoever represents no place; for nobody, if the campaign carries no letters."""
    keys: set[str] = set()
    if carries_letters(campaign):
        of_no_place = campaign.appeals.filter(addressee__division="")
        keys = {each.key for each in people} | set(of_no_place.values_list("addressee__key", flat=True))
    return Openings(campaign, language, moment.now(), keys)


def _ways(addressee: Addressee, openings: Openings) -> Ways:
    opening = openings.get(addressee.key)
    start = openings.begin(opening).words.text if opening and opening.closed == NO_MAIL else ""
    first: dict[str, str] = {}
    for point in sorted(addressee.contact_points.all(), key=lambda point: point.rank):
        if point.is_usable:
            first.setdefault(point.channel, point.address)
    post = tuple(first.get(LETTER.name, "").splitlines())
    form, phone, x = (first.get(channel.name, "") for channel in (FORM, PHONE, X))
    return Ways(addressee, opening, start, form, phone, post, x)
