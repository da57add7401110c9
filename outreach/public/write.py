"""«Write to your representative»: who represents the people of a place, and the ways to them that are open to all.

What is said of where somebody lives is posted, so that it stands in no address, and is not kept.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.addressee import Addressee
from campaigns.representatives import Map, Place
from channels.paper_letter import LETTER
from channels.phone import PHONE
from channels.web_form import FORM
from channels.x import X
from outreach.public.kept_page import context_of
from outreach.public.sign_form import tidy
from outreach.public.signing_pages import signable

LONGEST = 120  # characters of a place
INTENT = "https://x.com/intent/tweet?"


@dataclass(frozen=True, slots=True)
class Ways:
    """A representative, and the first usable address of each kind; empty where there is none."""

    addressee: Addressee
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
        raise Http404
    where, chosen = tidy(request.POST.get("where", "")[:LONGEST]), request.POST.get("division", "")
    place = known.place(chosen)
    found = [place] if place else known.find(where)
    context = context_of(campaign, language)
    context |= {"where": where, "problem": "", "place": None, "places": known.within()}
    status = 200
    if len(found) == 1:
        context |= _answer(known, found[0])
    elif request.method == "POST":
        status = 422 if not found else 200
        context["problem"] = "several" if found else "unknown" if where or chosen else "nothing"
        context["places"] = found or known.within()
    return render(request, "public/write.html", context, status=status)


def _answer(known: Map, place: Place) -> dict[str, object]:
    people = known.representatives(place.division)
    narrower = known.within(place.division)
    return {
        "place": place,
        "people": [_ways(each) for each in people],
        "narrower": narrower,
        "is_nobodys": not narrower and all(each.division != place.division for each in people),
    }


def _ways(addressee: Addressee) -> Ways:
    first: dict[str, str] = {}
    for point in sorted(addressee.contact_points.all(), key=lambda point: point.rank):
        if point.is_usable:
            first.setdefault(point.channel, point.address)
    post = tuple(first.get(LETTER.name, "").splitlines())
    return Ways(addressee, first.get(FORM.name, ""), first.get(PHONE.name, ""), post, first.get(X.name, ""))
