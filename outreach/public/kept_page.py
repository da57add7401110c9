"""A campaign's page, made for everybody and kept for a moment: the count on it is a few seconds old at the most."""

import gzip
import hashlib
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.template.loader import render_to_string

from campaigns import moment
from campaigns.campaign import Campaign
from outreach.asking import offers
from outreach.public.consent_sentences import CONSENT
from outreach.public.form_token import form_token
from outreach.public.front import Front
from outreach.public.record_sentences import SAID as RECORD
from outreach.public.sentences import SAID, direction, spoken
from outreach.public.sign_sentences import SIGN
from outreach.public.write_sentences import WRITE

FRESH = 2.0  # seconds
MAX_AGE = 2
MOST = 512  # pages kept in one process
TYPED = ("name", "email", "country", "postcode", "public")


@dataclass(frozen=True, slots=True)
class Kind:
    """A page that is kept. `name`: what a signature from it says of where it was given."""

    name: str
    template: str


PAGE = Kind("page", "public/campaign.html")
EMBED = Kind("embed", "public/embed.html")
Key = tuple[str, str, Kind]


@dataclass(frozen=True, slots=True)
class Page:
    """`packed`: the same, by gzip. `tag`: its ETag. `sites`: which may show it in a frame."""

    body: bytes
    packed: bytes
    tag: str
    sites: tuple[str, ...] = ()


_kept: dict[Key, tuple[float, Page | None]] = {}
_turns: dict[Key, Lock] = {}


def page_of(slug: str, language: str, kind: Kind = PAGE) -> Page | None:
    """The page; None if there is no such campaign to be seen, or it does not speak that language.

    Made by one thread at a time: the others show the one before as long as there is one.
    """
    key = (slug, language, kind)
    made_at, page = _kept.get(key, (0.0, None))
    if monotonic() - made_at < FRESH:
        return page
    turn = _turns.setdefault(key, Lock())
    if not turn.acquire(blocking=page is None):
        return page
    try:
        made_at, page = _kept.get(key, (0.0, None))
        if monotonic() - made_at >= FRESH:
            page = _made(*key)
            _keep(key, page)
        return page
    finally:
        turn.release()


def forget() -> None:
    """Let every page be made anew."""
    _kept.clear()


def _keep(key: Key, page: Page | None) -> None:
    if page is None:
        _turns.pop(key, None)  # nobody can fill our memory by asking for what is not there
        return
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = (monotonic(), page)


def _made(slug: str, language: str, kind: Kind) -> Page | None:
    campaign = Campaign.objects.filter(slug=slug, published_at__isnull=False).first()
    if campaign is None or language not in campaign.languages:
        return None
    body = render_to_string(kind.template, context_of(campaign, language, kind)).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(body, gzip.compress(body, 6, mtime=0), tag, tuple(campaign.embed) if kind == EMBED else ())


def context_of(campaign: Campaign, language: str, kind: Kind = PAGE) -> dict[str, object]:
    """What every page of a campaign needs. `language`: one of its own; our words are in the nearest that we know."""
    now, ours = moment.now(), spoken((language, *campaign.languages))
    return {
        "front": Front(campaign, language, now),
        "language": language,
        "ours": ours,
        "direction": direction(language),
        "said": SAID[ours],
        "sign": SIGN[ours],
        "write": WRITE[ours],
        "invented": RECORD[ours].invented if campaign.is_invented else "",
        "consent": CONSENT[ours],
        "offers": offers(campaign, language),
        "token": form_token(campaign.slug, now),
        "typed": dict.fromkeys(TYPED, ""),
        "problems": (),
        "embedded": kind == EMBED,
    }
