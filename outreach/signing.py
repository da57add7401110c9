"""Reading the forms of those who sign: who is new gets a mail to confirm, who has signed is told so by mail."""

from collections.abc import Sequence
from datetime import datetime

import dramatiq
import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from psycopg.errors import DeadlockDetected

from campaigns.mailbox import known_by
from campaigns.moment import now
from campaigns.supporter import Supporter
from outreach.asking import known
from outreach.batch import Batch, Known
from outreach.crowds import Crowds
from outreach.hint import give_hint
from outreach.letters.reading import Pile
from outreach.notify import send_notices
from outreach.signup import Form, Signup
from outreach.slow_lane import SlowLane

log = structlog.get_logger(__name__)
AT_ONCE = 500
FEW = 10
MOST_COLLISIONS = 20
TIME_LIMIT = 50_000


@dramatiq.actor(queue_name="transactional", time_limit=TIME_LIMIT)
def read_signups() -> None:
    """Read every form that waits. Losing the hint, or getting it twice, costs nothing but time."""
    read = 0
    while some := read_some(now()):
        read += some
    if read:
        give_hint(send_notices)


def is_waiting() -> bool:
    return Signup.objects.filter(problem="").exists()


def read_some(moment: datetime, limit: int = AT_ONCE) -> int:
    """Read up to `limit` forms, oldest first; several workers may do so at once. Answers how many were read."""
    for _ in range(MOST_COLLISIONS):  # each of which means that another worker has got on
        try:
            return _read_some(moment, limit)
        except IntegrityError:  # it has just written down somebody who is here, too: now they are known
            limit = max(limit // 2, FEW)
        except OperationalError as problem:
            if not isinstance(problem.__cause__, DeadlockDetected):
                raise
            limit = max(limit // 2, FEW)
    return _read_some(moment, limit)


@transaction.atomic
def _read_some(moment: datetime, limit: int) -> int:
    waiting = Signup.objects.filter(problem="").order_by("received_at")
    found = list(waiting.select_for_update(skip_locked=True)[:limit])
    forms = [(signup, form) for signup in found if (form := _form(signup))]
    crowds = Crowds([(signup, form.email) for signup, form in forms], moment)
    lane = SlowLane(forms, moment)
    batch = Batch(_known(forms), _asked(forms), crowds, lane, Pile(forms, lane, moment), moment)
    for signup, form in forms:
        batch.add(signup, form)
    batch.write()
    Signup.objects.filter(pk__in=[signup.pk for signup, _ in forms]).delete()
    return len(found)


def _form(signup: Signup) -> Form | None:
    """What was filled in; None, and kept for a person, if it cannot be read."""
    try:
        return signup.form()
    except (TypeError, ValueError) as problem:
        log.error("a form could not be read", signup=str(signup.pk), reason=type(problem).__name__)
        Signup.objects.filter(pk=signup.pk).update(problem=f"It is not as forms are: {problem}")
        return None


def _known(forms: Sequence[tuple[Signup, Form]]) -> Known:
    """Who of them we know, locked in one order so that two workers with the same people do not stop each other."""
    hashes = sorted({each for _, form in forms for each in known_by(form.email)})
    campaigns = {signup.campaign_id for signup, _ in forms}
    by_address = Q(email_digest__in=hashes) & ~Q(email_digest="")  # which lets the partial indexes be used
    is_one = by_address | Q(mailbox_digest__in=hashes) & ~Q(mailbox_digest="")
    rows = Supporter.objects.filter(is_one, campaign__in=campaigns).select_related("signature")
    locked = list(rows.order_by("pk").select_for_update(of=("self",)))
    by_mailbox: Known = {(each.campaign_id, each.mailbox_digest): each for each in locked if each.mailbox_digest}
    return by_mailbox | {(each.campaign_id, each.email_digest): each for each in locked}


def _asked(forms: Sequence[tuple[Signup, Form]]) -> frozenset[str]:
    """The words under which people were asked that we have: a form cannot name others."""
    return known({key for _, form in forms for key in form.asked.values()})
