"""Where SendGrid's Inbound Parse posts mail: kept at once and answered; a worker reads it."""

from hmac import compare_digest

import structlog
from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from campaigns.moment import now
from channels.form_data import CutShort, fields_of
from channels.sendgrid_parse import posted
from outreach.inbox.mail import LARGEST, take_mail
from outreach.incoming import Incoming

log = structlog.get_logger(__name__)
MOST_BYTES = LARGEST + 1024 * 1024  # the mail, and what is said about it
AGAIN = 503  # makes SendGrid post it again, for three days; a 4xx would make it drop the mail


@csrf_exempt
@require_POST
def sendgrid(request: HttpRequest, secret: str) -> HttpResponse:
    """204 once the mail is kept, however often it is posted. 404 unless the secret in the address is the right one."""
    if not any(compare_digest(secret.encode(), each.encode()) for each in settings.PARSE_SECRETS):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused(413, f"This is larger than {MOST_BYTES:,} bytes")
    try:
        body = request.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            return _refused(413, f"This is larger than {MOST_BYTES:,} bytes")
        mail = posted(fields_of(request.headers.get("Content-Type", ""), body))
        take_mail(
            mail.raw,
            door=Incoming.Door.PARSE,
            now=now(),
            sender=mail.sender,
            recipients=mail.recipients,
            verdicts=mail.verdicts,
        )
    except CutShort as problem:
        return _refused(AGAIN, str(problem))
    except OperationalError:
        return _refused(AGAIN, "The database is away")
    except ValueError as problem:
        return _refused(400, str(problem))
    return HttpResponse(status=204)


def _refused(status: int, sentence: str) -> HttpResponse:
    log.warning("a mail was not taken", door="parse", reason=sentence, status=status)
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
