"""Where providers tell what became of messages. Checked on the raw bytes, kept, and answered at once; read later."""

from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels import sendgrid_news
from outreach.bulletin import keep_bulletin

log = structlog.get_logger(__name__)
MOST_BYTES = 4 * 1024 * 1024  # SendGrid posts some 768 KB at a time
NO_KEY = "This installation has no verification key of SendGrid: set OUTREACH_SENDGRID_EVENTS_KEY"


@csrf_exempt
@require_POST
def sendgrid(request: HttpRequest) -> HttpResponse:
    """SendGrid's event webhook. Anything but a 2xx makes SendGrid tell it again, for a day."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        return _refused(400, "Content-Length is not a number")
    if int(length) > MOST_BYTES:
        return _refused(413, f"This is larger than {MOST_BYTES:,} bytes")
    if not settings.SENDGRID_EVENTS_KEYS:
        return _refused(403, NO_KEY)
    try:
        body, real_now = request.body, datetime.now(UTC)
    except UnreadablePostError:
        return _refused(400, "The body ended before it was whole")
    if problem := sendgrid_news.objection(body, request.headers, settings.SENDGRID_EVENTS_KEYS, real_now):
        return _refused(403, problem)
    keep_bulletin("sendgrid", body, real_now)
    return HttpResponse(status=204)


def _refused(status: int, sentence: str) -> HttpResponse:
    log.warning("news was refused", provider="sendgrid", reason=sentence)
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
