"""The quick door: a campaign's page as it is kept, and a signature in one INSERT. The rest goes the ordinary way.

Thousands may come in the same minute. What Django does around each request (sessions, messages, cookies) costs more
than all of signing, and a signature needs none of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from campaigns.asking import Asking, asking_of
from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach.hint import give_hint
from outreach.network import network_of
from outreach.public.framing import framed_by
from outreach.public.kept_page import COUNT, EMBED, PAGE, Kind, Page, page_of
from outreach.public.sign_form import read
from outreach.signing import read_signups
from outreach.signup import Form, keep

Environment = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environment, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]
Answer = tuple[Headers, list[bytes]]

CAMPAIGN = r"/c/(?P<slug>[a-z0-9-]{1,80})/(?P<language>[A-Za-z-]{2,12})/"
SIGN = re.compile(CAMPAIGN + "(?P<place>sign|embed)")
SHOW = re.compile(CAMPAIGN + "(?P<place>|embed|count)")
KINDS = {"": PAGE, "sign": PAGE, "embed": EMBED, "count": COUNT}
HTML, VARY = ("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding")
PLAIN = ("Content-Type", "text/plain; charset=utf-8")
FORM = "application/x-www-form-urlencoded"
MOST_BYTES, MOST_FIELDS = 16 * 1024, 40
MOST_READY = 256  # answers kept ready
FRESH = 1.0  # seconds for which it is believed that a campaign is open
SELDOM = 1.0  # seconds between two hints of one process; the clock hints, too


@dataclass(frozen=True, slots=True)
class Open:
    """A campaign that can be signed."""

    id: UUID
    languages: tuple[str, ...]
    asking: Asking


class QuickDoor:
    """A WSGI application before another one. `headers`: what every answer tells the browser about safety."""

    def __init__(self, application: Application, headers: Mapping[str, str]) -> None:
        self.application = application
        self.headers = list(headers.items())
        self._open: dict[str, tuple[float, Open | None]] = {}
        self._hinted = 0.0
        self._ready: dict[tuple[str, bool], Answer] = {}

    def __call__(self, environ: Environment, start: Start) -> Iterable[bytes]:
        if not str(environ.get("CONTENT_LENGTH") or "0").isdecimal():
            start("400 Bad Request", [*self.headers, PLAIN])
            return [b"Content-Length is not a number"]
        if environ["REQUEST_METHOD"] == "GET" and (page := SHOW.fullmatch(environ["PATH_INFO"])):
            return self._show(page["slug"], page["language"], KINDS[page["place"]], environ, start)
        found = SIGN.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        if found and (body := _body(environ)) is not None:
            if self._sign(found["slug"], found["language"], KINDS[found["place"]], body, environ):
                there = f"{environ['PATH_INFO']}/signed" if found["place"] == "embed" else f"{environ['PATH_INFO']}ed"
                start("303 See Other", [*self.headers, ("Location", there), ("Content-Length", "0")])
                return [b""]
            environ["wsgi.input"] = BytesIO(body)
        return self.application(environ, start)

    def _show(self, slug: str, language: str, kind: Kind, environ: Environment, start: Start) -> Iterable[bytes]:
        """The page, packed if the browser can unpack it."""
        try:
            page = page_of(slug, language, kind)
        except (OperationalError, InterfaceError):
            connection.close()
            page = None
        if page is None or environ.get("QUERY_STRING"):
            return self.application(environ, start)
        if page.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 Not Modified", self._told(page, kind))
            return [b""]
        is_packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        found = self._ready.get((page.tag, is_packed))
        if found is None:
            found = self._prepare(page, kind, is_packed=is_packed)
        start("200 OK", found[0])
        return found[1]

    def _prepare(self, page: Page, kind: Kind, *, is_packed: bool) -> Answer:
        """The answer put together, as it is given from now on."""
        body = page.packed if is_packed else page.body
        encoding = [("Content-Encoding", "gzip")] if is_packed else []
        answer = [*self._told(page, kind), HTML, ("Content-Length", str(len(body))), *encoding], [body]
        if len(self._ready) >= MOST_READY:
            self._ready.clear()
        self._ready[page.tag, is_packed] = answer
        return answer

    def _told(self, page: Page, kind: Kind) -> Headers:
        safety = [(name, framed_by(page.sites, value)) for name, value in self.headers]
        return [*safety, ("ETag", page.tag), ("Cache-Control", f"public, max-age={kind.max_age}"), VARY]

    def _sign(self, slug: str, language: str, kind: Kind, body: bytes, environ: Environment) -> bool:
        """False, with nothing written, if the ordinary way has to say why not."""
        try:
            campaign = self._campaign(slug)
            if campaign is None or language not in campaign.languages:
                return False
            moment = now()
            form = read({**_fields(body), "source": kind.name}, slug, language, campaign.asking, moment)
            if not isinstance(form, Form):
                return False
            keep(campaign.id, form, network_of(came_from(environ), moment), moment)
        except (OperationalError, InterfaceError):
            connection.close()  # the next one opens another
            return False
        self._hint()
        return True

    def _campaign(self, slug: str) -> Open | None:
        """The campaign if it is open, as it was a second ago at the most."""
        looked_at, campaign = self._open.get(slug, (0.0, None))
        if monotonic() - looked_at > FRESH:
            row = Campaign.objects.running().filter(slug=slug).values_list("pk", "languages", "consent").first()
            campaign = Open(row[0], tuple(row[1]), asking_of(row[2])) if row else None
            self._open[slug] = (monotonic(), campaign)
        return campaign

    def _hint(self) -> None:
        if monotonic() - self._hinted > SELDOM:
            self._hinted = monotonic()
            give_hint(read_signups)


def came_from(environ: Environment) -> str:
    """The address of who asks; what a proxy in front says of it counts only where there is one."""
    told = environ.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or str(environ.get("REMOTE_ADDR", ""))


def is_from_another_site(environ: Environment) -> bool:
    """Whether a browser says that the form stood on a page of somebody else's."""
    return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none")


def _body(environ: Environment) -> bytes | None:
    """What was posted, if it is a plain form of a size that a form has, from a page of ours."""
    length = environ.get("CONTENT_LENGTH") or ""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if not length.isdecimal() or int(length) > MOST_BYTES or kind != FORM or is_from_another_site(environ):
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; none if it is not one."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:  # also UnicodeDecodeError
        return {}
