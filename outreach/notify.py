"""Sending notices. Whoever claims one sends it; a worker that dies leaves it to the next, who sends it again."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import dramatiq
from django.conf import settings
from django.db import transaction

from campaigns.moment import now
from channels.answer import Answer, Delayed, Receipt, Refused
from channels.envelope import Envelope, Sender
from outreach.letters.forwarded import forwarded, reply_of
from outreach.notice import MOST_ATTEMPTS, Notice
from outreach.notice_words import words_of
from outreach.send import wire_of
from outreach.suppression import suppressed

State = Notice.State
AT_ONCE = 100
TIME_LIMIT = 50_000
GIVEN_UP = "tried too often"
NOT_KEPT = "What it was to bring is not kept any more"


@dramatiq.actor(queue_name="transactional", time_limit=TIME_LIMIT)
def send_notices() -> None:
    """Send every notice that is due. Losing the hint, or getting it twice, costs nothing but time."""
    while send_some(now()):
        pass


def is_due() -> bool:
    return Notice.objects.due(now(), datetime.now(UTC)).exists()


def send_some(moment: datetime) -> int:
    """Claim some, send them, write down what was answered. Answers how many were looked at."""
    claimed = claim(moment, datetime.now(UTC))
    ready = [each for each in claimed if each.state == State.SENDING]
    if ready:
        wire = wire_of("email")
        for start in range(0, len(ready), wire.batch):
            part = ready[start : start + wire.batch]
            settle(part, wire.send([envelope(each) for each in part]), now())
    return len(claimed)


@transaction.atomic
def claim(moment: datetime, real_now: datetime, limit: int = AT_ONCE) -> list[Notice]:
    """Up to `limit` that are due; those that must not leave any more are settled at once."""
    due = Notice.objects.due(moment, real_now).select_related("campaign", "supporter").order_by("due_at", "id")
    found = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
    must_not = suppressed("email", [each.supporter.email for each in found])
    lease = real_now + timedelta(seconds=settings.LEASE_SECONDS)
    for each in found:
        if not each.supporter.email:
            _end(each, State.EXPIRED, "There is no address any more")
        elif reason := must_not.get(each.supporter.email):
            _end(each, State.SUPPRESSED, reason)
        elif each.kind == Notice.Kind.REPLY and reply_of(each) is None:
            _end(each, State.EXPIRED, NOT_KEPT)
        elif each.attempts >= MOST_ATTEMPTS:
            _end(each, State.REFUSED, each.reason or GIVEN_UP)
        else:
            _update(each, state=State.SENDING, token=uuid.uuid4(), lease_until=lease, attempts=each.attempts + 1)
    return found


def settle(notices: Sequence[Notice], answers: Sequence[Answer], moment: datetime) -> None:
    """What the wire said of each; nothing, if somebody else has claimed it since."""
    for each, answer in zip(notices, answers, strict=True):
        ours = Notice.objects.filter(pk=each.pk, token=each.token, state=State.SENDING)
        match answer:
            case Receipt():
                ours.update(state=State.SENT, sent_at=moment, reason="", lease_until=None)
            case Refused(reason=reason):
                ours.update(state=State.REFUSED, reason=reason, lease_until=None)
            case Delayed(reason=reason, wait=wait):
                later = moment + max(wait or timedelta(), each.wait_after())
                ours.update(state=State.DUE, due_at=later, reason=reason, lease_until=None)
            case unknown:  # it may be there already; a second one does no harm, none at all would
                later = moment + each.wait_after()
                ours.update(state=State.DUE, due_at=later, reason=unknown.reason, lease_until=None)


def envelope(notice: Notice) -> Envelope:
    """The mail, written now."""
    if notice.kind == Notice.Kind.REPLY and (reply := reply_of(notice)):
        return forwarded(notice, reply)
    supporter, campaign = notice.supporter, notice.campaign
    words = words_of(notice)
    name = campaign.sender.get("name", {})
    said = name.get(words.language) or next(iter(name.values()), "")
    return Envelope(
        key=notice.id.hex,
        to=supporter.email,
        to_name=supporter.name,
        sender=Sender(said, str(campaign.sender.get("email", ""))),
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=words.language,
        written_at=notice.created_at,
    )


def _end(notice: Notice, state: State, reason: str) -> None:
    _update(notice, state=state, reason=reason, lease_until=None)


def _update(notice: Notice, **changes: object) -> None:
    Notice.objects.filter(pk=notice.pk).update(**changes)
    for name, value in changes.items():
        setattr(notice, name, value)
