"""A campaign's page, made for everybody and kept for a moment: the count on it is a few seconds old at the most."""

import gzip
import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string

from campaigns import moment
from campaigns.campaign import Campaign
from outreach.alarm import Alarm
from outreach.asking import offers
from outreach.letters.together_sentences import TOGETHER
from outreach.public.consent_sentences import CONSENT
from outreach.public.form_token import form_token
from outreach.public.front import Front
from outreach.public.kept import Kept
from outreach.public.proof_sentences import PROOF
from outreach.public.record_sentences import SAID as RECORD
from outreach.public.sentences import SAID, direction, spoken
from outreach.public.share_sentences import SHARE
from outreach.public.sign_sentences import SIGN
from outreach.public.write_sentences import WRITE

TYPED = ("name", "email", "country", "postcode", "public")


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A page that is kept, for `fresh` seconds. `name`: what a signature from it says of where it was given."""

    name: str
    template: str
    fresh: float = 2.0

    @property
    def max_age(self) -> int:
        """Seconds for which a browser need not ask again."""
        return max(1, int(self.fresh))


PAGE = Kind("page", "public/campaign.html")
EMBED = Kind("embed", "public/embed.html")
COUNT = Kind("count", "public/count.html", fresh=0.5)


@dataclass(frozen=True, slots=True)
class Page:
    """`packed`: the same, by gzip. `tag`: its ETag. `sites`: which may show it in a frame."""

    body: bytes
    packed: bytes
    tag: str
    sites: tuple[str, ...] = ()


def page_of(slug: str, language: str, kind: Kind = PAGE) -> Page | None:
    """The page; None if there is no such campaign to be seen, or it does not speak that language."""
    return _pages[kind](slug, language, kind)


def forget() -> None:
    """Let every page be made anew."""
    for each in _pages.values():
        each.forget()


def _made(slug: str, language: str, kind: Kind) -> Page | None:
    campaign = Campaign.objects.filter(slug=slug, published_at__isnull=False).first()
    if campaign is None or language not in campaign.languages:
        return None
    body = render_to_string(kind.template, context_of(campaign, language, kind)).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(body, gzip.compress(body, 6, mtime=0), tag, tuple(campaign.embed) if kind == EMBED else ())


_pages = {kind: Kept(_made, kind.fresh) for kind in (PAGE, EMBED, COUNT)}


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
        "together": TOGETHER[ours],
        "share": SHARE[ours],
        "invented": RECORD[ours].invented if campaign.is_invented else "",
        "challenge": f"/c/{campaign.slug}/challenge" if Alarm.objects.over(campaign).exists() else "",
        "proof": PROOF[ours],
        "consent": CONSENT[ours],
        "offers": offers(campaign, language),
        "token": form_token(campaign.slug, now),
        "typed": dict.fromkeys(TYPED, ""),
        "problems": (),
        "embedded": kind == EMBED,
    }
