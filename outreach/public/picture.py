"""The campaign's picture beside a shared link. Networks keep it for days, so it says of which day it speaks."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.words.dates import day, is_right_to_left
from channels.paper import NoFont
from channels.picture import Picture, png
from outreach.public.front import Front
from outreach.public.kept import Kept
from outreach.public.sentences import spoken
from outreach.public.share_sentences import SHARE
from outreach.public.sign_sentences import SIGN

FRESH = 60.0  # seconds
MAX_AGE = 300
MOST = 64  # pictures kept in one process


@require_safe
def picture(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The picture as a PNG."""
    found = _pictures(slug, language)
    if found is None:
        raise Http404
    content, tag = found
    is_known = tag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponse(status=304) if is_known else HttpResponse(content, content_type="image/png")
    response.headers["ETag"] = tag
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def picture_of(front: Front) -> Picture:
    """What stands on it: how many have signed, and until when the addressees have time, as of the day it is drawn."""
    ours = spoken((front.language, *front.campaign.languages))
    sign, today = SIGN[ours], day(front.now, front.language, front.campaign.time_zone)
    facts = [f"{front.total} {sign.counted}"] if front.count else []
    facts += [f"{sign.deadline}: {front.until}"] if front.deadline else []
    return Picture(
        who=front.who,
        title=front.title,
        facts=tuple(facts),
        as_of=SHARE[ours].as_of.format(day=today),
        home=urlsplit(settings.OUTREACH_URL).netloc,
        right_to_left=is_right_to_left(front.language),
    )


def _made(slug: str, language: str) -> tuple[bytes, str] | None:
    campaign = Campaign.objects.filter(slug=slug, published_at__isnull=False).first()
    if campaign is None or language not in campaign.languages:
        return None
    try:
        content = png(picture_of(Front(campaign, language, moment.now())), settings.FONTS)
    except NoFont:
        return None
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


_pictures = Kept(_made, FRESH, MOST)
