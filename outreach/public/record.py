"""The public record: what was asked of whom, what is proven, what came back; pages and JSON, from the log alone."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.hold import standstill
from outreach.closing.words import title
from outreach.evidence.account import account
from outreach.evidence.canonical import sha256
from outreach.evidence.entry import Evidence
from outreach.evidence.export import export, opened, shown
from outreach.public.card import card_of
from outreach.public.record_lines import Reader, Words, language_title
from outreach.public.sentences import SAID, direction, spoken

AT_ONCE = 200
MAX_AGE = 60  # seconds that a copy may be handed on without asking
Told = dict[str, Any]
View = Callable[..., HttpResponse]


class Record:
    """The log of one public campaign, as far as it goes at this moment."""

    def __init__(self, slug: str) -> None:
        self.campaign = get_object_or_404(Campaign, slug=slug, published_at__isnull=False)
        self.rows = Evidence.objects.filter(campaign=self.campaign).order_by("number")
        self.last = self.rows.last()
        if self.last is None:
            raise Http404("The first entry of this campaign's log is not written yet")

    @property
    def head(self) -> Told:
        assert self.last is not None
        return {"entries": self.last.number, "hash": self.last.hash, "noted": self.last.line.noted}

    def tag(self, path: str) -> str:
        """Names all that an answer is made of: the log, the day, what stands still, and what was asked for."""
        hold, day = standstill(moment.now()), moment.now().astimezone(self.campaign.zone).date()
        parts = (self.head["hash"], day.isoformat(), hold.note if hold else "", path)
        return quote_etag(sha256("\n".join(parts).encode())[:32])

    def keys(self) -> list[str]:
        """Whom the demands are put to."""
        asked = self.rows.filter(kind="asked").order_by("addressee").values_list("addressee", flat=True)
        return list(asked.distinct())

    def of(self, keys: list[str]) -> tuple[Told, list[Evidence]]:
        """The account of these addressees, and the entries it was made from."""
        rows = list(self.rows.filter(addressee__in=["", *keys]).select_related("salt"))
        return account(row.line for row in rows), rows

    def office(self, key: str) -> tuple[Told, Told, Words]:
        """The account of the campaign, of one addressee in it, and the words that everybody may read."""
        told, rows = self.of([key])
        office = next((each for each in told["addressees"] if each["key"] == key), None)
        if office is None:
            raise Http404("This campaign puts no demands to them")
        numbers = {number for item in office["log"] for number in item["entries"]}
        wanted = [row for row in rows if row.number in numbers]
        fields = {row.number: shown(row.line) for row in wanted}
        return told, office, {place: each.value.decode() for place, each in opened(wanted, fields).items()}


def public(view: View) -> View:
    """Behind this door everything may be kept by caches and asked for again by its tag; nothing is changed."""

    @require_safe
    @wraps(view)
    def entered(request: HttpRequest, slug: str, **named: str) -> HttpResponse:
        record = Record(slug)
        tag = record.tag(request.get_full_path())
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponse(status=304)
        else:
            response = view(request, record, **named)
        response.headers["ETag"] = tag
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    return entered


@public
def record(request: HttpRequest, record: Record, language: str = "") -> HttpResponse:
    """Everybody who is asked, and how they stand; two hundred to a page."""
    keys, first = record.keys(), _first(request)
    told, _ = record.of(keys[first : first + AT_ONCE])
    reader = _reader(record, told, language)
    more = f"?from={first + AT_ONCE}" if first + AT_ONCE < len(keys) else ""
    context = {
        "lines": list(reader.lines(told["log"])),
        "offices": told["addressees"],
        "total": len(keys),
        "more": more,
        "as_json": reverse("record-json", kwargs={"slug": record.campaign.slug}),
        "report": reverse("public-report", kwargs={"slug": record.campaign.slug}),
        "report_title": title(reader.language, is_final=record.campaign.status == Campaign.Status.CLOSED),
    }
    return _page(request, "public/record.html", record, reader, "record", {}, context)


@public
def record_of(request: HttpRequest, record: Record, key: str, language: str = "") -> HttpResponse:
    """One addressee: what was sent, what came back, what was recorded, newest first."""
    told, office, words = record.office(key)
    reader = _reader(record, told, language, words)
    slug = record.campaign.slug
    context = {
        "office": office,
        "lines": list(reader.lines(office["log"])),
        "as_json": reverse("record-of-json", kwargs={"slug": slug, "key": key}),
    }
    return _page(request, "public/record_of.html", record, reader, "record-of", {"key": key}, context)


@public
def record_json(request: HttpRequest, record: Record) -> HttpResponse:
    """How everybody stands, two hundred at once; each has an address of its own with the whole log."""
    keys, first, slug = record.keys(), _first(request), record.campaign.slug
    told, _ = record.of(keys[first : first + AT_ONCE])
    kept = ("key", "name", "holder", "country", "capacities", "standing", "proven_at", "due_at", "ended", "demands")
    offices = [
        {name: office[name] for name in kept}
        | {"url": reverse("record-of-json", kwargs={"slug": slug, "key": office["key"]})}
        for office in told["addressees"]
    ]
    following = first + AT_ONCE
    more = f"{reverse('record-json', kwargs={'slug': slug})}?from={following}" if following < len(keys) else None
    return _json({**_about(record, told), "log": told["log"], "total": len(keys), "next": more, "addressees": offices})


@public
def record_of_json(request: HttpRequest, record: Record, key: str) -> HttpResponse:
    """One addressee with the whole log, and the words that may be published."""
    told, office, words = record.office(key)
    log = [item | {"words": _words(item, words)} for item in office["log"]]
    return _json({**_about(record, told), "addressee": office | {"log": log}})


@public
def evidence(request: HttpRequest, record: Record) -> HttpResponse:
    """The evidence file, as it stands: what everybody may have."""
    slug, number = record.campaign.slug, record.head["entries"]
    response = HttpResponse(_evidence(slug, record.head["hash"]), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-evidence-{number}.zip"'
    return _open_to_all(response)


@lru_cache(maxsize=4)
def _evidence(slug: str, head: str) -> bytes:
    """Written once for each state of the log; `head` is that state."""
    with TemporaryDirectory(prefix="outreach-") as folder:
        target = Path(folder) / "evidence.zip"
        export(Campaign.objects.get(slug=slug), target)
        return target.read_bytes()


def _reader(record: Record, told: Told, language: str, words: Words | None = None) -> Reader:
    """404 for a language that the campaign does not speak."""
    campaign = record.campaign
    if language and language not in campaign.languages:
        raise Http404(f"This campaign does not speak {language}")
    language = language or campaign.default_language
    return Reader(told["campaign"], language, spoken([language]), moment.now(), words or {})


def _page(
    request: HttpRequest, template: str, record: Record, reader: Reader, name: str, named: Told, context: Told
) -> HttpResponse:
    slug = record.campaign.slug
    languages = [
        (code, language_title(code), reverse(f"{name}-in", kwargs={"slug": slug, "language": code, **named}))
        for code in record.campaign.languages
    ]
    shared = {
        "language": reader.spoken,
        "direction": direction(reader.spoken),
        "said": SAID[reader.spoken],
        "words": reader.said,
        "card": card_of(record.campaign, reader.language, request.path),
        "reader": reader,
        "chosen": reader.language,
        "campaign": reader.campaign,
        "languages": languages,
        "head": record.head,
        "evidence": reverse("evidence", kwargs={"slug": slug}),
        "url_of": lambda key: reverse("record-of-in", kwargs={"slug": slug, "language": reader.language, "key": key}),
        "up": reverse("record-in", kwargs={"slug": slug, "language": reader.language}),
    }
    return render(request, template, shared | context)


def _about(record: Record, told: Told) -> Told:
    slug = record.campaign.slug
    return {
        "campaign": told["campaign"],
        "head": record.head,
        "record": reverse("record", kwargs={"slug": slug}),
        "evidence": reverse("evidence", kwargs={"slug": slug}),
    }


def _words(item: Mapping[str, Any], words: Words) -> dict[str, str]:
    """Those of its newest entry that everybody may read: `text`, without what is private, and what goes with it."""
    number = item["entries"][-1]
    text = words.get((number, "shown"), words.get((number, "words"), ""))
    found = {"subject": words.get((number, "subject"), ""), "text": text, "stated": words.get((number, "stated"), "")}
    return {name: value for name, value in found.items() if value}


def _json(told: Told) -> HttpResponse:
    return _open_to_all(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Programs on any site may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _first(request: HttpRequest) -> int:
    asked = request.GET.get("from", "0")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        raise Http404("There is no such part of the list")
    return int(asked)
