"""Looking for answers on networks. A look goes on where the one before ended; a missed one, or two at once, change
nothing, for each post is kept once and the mark moves only from where it was read.
"""

from datetime import UTC, datetime, timedelta

import dramatiq
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet

from campaigns import moment
from channels.reply import Replies, Reply
from channels.wire import WIRES, Unavailable, Wire
from outreach.account import Account
from outreach.inbox.gist import Gist
from outreach.inbox.posts import our_posts, whom
from outreach.inbox.taking import take_in
from outreach.incoming import Incoming
from outreach.send import wire_of

log = structlog.get_logger(__name__)
TIME_LIMIT = 50_000
KIND = "answer"
WHY = "A post on the network; a person says what kind of answer it is"
EARLIER = timedelta(minutes=10)  # than our first post: their clocks differ from ours


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def look_for_replies(channel: str) -> None:
    """Look once, if it is time. Losing the hint, or getting it twice, costs nothing but time."""
    look(channel, wire_of(channel), datetime.now(UTC))


def listening_channels() -> list[str]:
    """The channels whose wire could tell what is answered; never the outbox."""
    return [channel for channel, address in settings.CHANNELS.items() if address and _could(address)]


def look(channel: str, wire: Wire, real_now: datetime) -> int:
    """Take in what is new, unless it was looked for lately or we have posted nothing. Answers how many were kept."""
    if not wire.listens or (from_at := _first_post_at(channel)) is None or not _turn(wire, real_now):
        return 0
    since = Account.objects.values_list("replies_since", flat=True).get(name=wire.account)
    try:
        told = wire.replies(since, None if moment.is_virtual() else from_at - EARLIER)
    except Unavailable as away:
        wait = max(away.wait or timedelta(), wire.listens_every)
        _ours(wire).update(look_at=real_now + wait, trouble=str(away))
        log.warning("replies cannot be read", channel=channel, reason=str(away))
        return 0
    return _keep(channel, wire, since, told, real_now)


def trouble(wire: Wire) -> str:
    """Why the last look failed; empty if it did not."""
    return _ours(wire).values_list("trouble", flat=True).first() or ""


@transaction.atomic
def _keep(channel: str, wire: Wire, since: str, told: Replies, real_now: datetime) -> int:
    kept = sum(_taken(channel, reply) for reply in told.found)
    _ours(wire).filter(replies_since=since).update(replies_since=told.since)
    _ours(wire).update(trouble="", **({} if told.is_all else {"look_at": real_now}))
    if strangers := len(told.found) - kept:
        log.info("posts that answer nothing of ours were not kept", channel=channel, number=strangers)
    return kept


def _taken(channel: str, reply: Reply) -> bool:
    """Keep it, if it may be an addressee's answer. It counts from when the network had it."""
    if not (known := whom(channel, reply)):
        return False
    now = moment.now()
    text = _clean(reply.text)
    take_in(
        channel=channel,
        door=Incoming.Door.POLL,
        name=reply.name,
        raw=reply.raw,
        now=now if moment.is_virtual() else min(reply.at, now),
        sender=reply.author,
        gist=Gist(
            sender=_clean(reply.author),
            sender_name=_clean(reply.author_name),
            text=text,
            own_text=text,
            language=reply.language[:12],
            url=_clean(reply.url),
        ),
        kind=KIND,
        why=WHY,
        known=known,
    )
    return True


def _turn(wire: Wire, real_now: datetime) -> bool:
    """Whether it is time, and nobody else looks; they will not until it is time again."""
    Account.objects.get_or_create(name=wire.account)
    due = _ours(wire).filter(Q(look_at=None) | Q(look_at__lte=real_now))
    return due.update(look_at=real_now + wire.listens_every, looked_at=real_now) == 1


def _ours(wire: Wire) -> QuerySet[Account]:
    return Account.objects.filter(name=wire.account)


def _first_post_at(channel: str) -> datetime | None:
    first: datetime | None = our_posts(channel).aggregate(first=Min("sent_at"))["first"]
    return first


def _could(address: str) -> bool:
    wire = WIRES.get(address.partition(":")[0])
    return wire is not None and wire.listens


def _clean(text: str) -> str:
    """As a database takes it: without null characters and half ones."""
    return "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
