"""How long what we keep about people is kept: each kind has its time, and what is past it goes by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import dramatiq
import structlog
from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from campaigns.invalidation import Invalidation
from campaigns.moment import now as present
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.alarm import Alarm
from outreach.erasing import erase, wipe
from outreach.incoming import Incoming
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.notice import Notice
from outreach.release import Release
from outreach.signup import Signup

log = structlog.get_logger(__name__)
AT_ONCE = 500
TIME_LIMIT = 600_000
OF_NETWORKS = ("networks_of_letters", "networks_of_alarms", "networks_of_batches", "networks_of_releases")
LIKE = dict.fromkeys(OF_NETWORKS, "networks")
"""Kinds that go with another one's time."""

OVER = (Letter.State.WITHDRAWN, Letter.State.REFUSED, Letter.State.DOUBLED)
IN_FLIGHT = (Notice.State.DUE, Notice.State.SENDING)
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name`: of its time in `settings.RETENTION`. `what`: what goes, in words. `kept`: all of it that there is.

    `since`: the column from which its time runs. `let_go`: ends some of it for good.
    """

    name: str
    what: str
    kept: Callable[[], Rows]
    since: str
    let_go: Callable[[Rows, datetime], object]

    @property
    def time(self) -> timedelta:
        span: timedelta = settings.RETENTION[LIKE.get(self.name, self.name)]
        return span

    def due(self, now: datetime) -> Rows:
        """What is past its time."""
        return self.kept().filter(**{f"{self.since}__lte": now - self.time})

    def next_at(self) -> datetime | None:
        """When the oldest of it is past its time; None if there is nothing."""
        oldest: datetime | None = self.kept().aggregate(at=Min(self.since))["at"]
        return oldest + self.time if oldest else None

    def purge(self, now: datetime) -> int:
        """Let everything go that is past its time, some at a time. Answers how many."""
        number = 0
        while some := list(self.due(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            self.let_go(self.kept().model._default_manager.filter(pk__in=some), now)
            number += len(some)
        return number


def _erase_all(supporters: Rows, now: datetime) -> None:
    for supporter in supporters:
        erase(supporter, now)


def _erase_signers(signatures: Rows, now: datetime) -> None:
    _erase_all(Supporter.objects.filter(signature__in=signatures), now)


def _unconfirmed() -> Rows:
    """Nobody pressed the button, and nobody allowed us to write by another way, or wrote a letter."""
    waiting = Signature.objects.filter(state=Signature.State.PENDING)
    silent = waiting.filter(supporter__agreed_at=None, supporter__forgotten_at=None)
    return silent.exclude(supporter__in=Letter.objects.standing().values("supporter"))


def _set_aside() -> Rows:
    """What nobody took for an answer, as far as it has not been wiped yet."""
    return Incoming.objects.filter(state=Incoming.State.SET_ASIDE, responses=None).exclude(raw=b"")


def _settled_letters() -> Rows:
    """Those that will not leave, and those that have; what waits in a mailbag is still needed."""
    over = Q(state__in=OVER) | Q(state=Letter.State.TAKEN) & ~Q(mailbag__state__in=Mailbag.ON_THEIR_WAY)
    return Letter.objects.filter(over, wiped_at=None).annotate(over_at=Coalesce("ended_at", "confirmed_at"))


def _expire(letters: Rows, now: datetime) -> None:
    """They do not leave any more; and who has given us nothing else is forgotten."""
    people = list(Supporter.objects.filter(letters__in=letters, confirmed_at=None, signature=None).distinct())
    going = Letter.objects.filter(pk__in=letters)
    going.move(Letter.State.EXPIRED, ended_at=now)
    going.wipe(now)
    for supporter in people:
        if not Letter.objects.filter(supporter=supporter, state=Letter.State.WRITTEN).exists():
            erase(supporter, now)


def _forget_networks(batches: Rows, now: datetime) -> None:
    for batch in batches:
        batch.suspects = {name: value for name, value in batch.suspects.items() if name != "network"}
        batch.save(update_fields=["suspects"])


KINDS = (
    Kind(
        "networks",
        "hashes of the networks that signatures came from",
        lambda: Signature.objects.exclude(network=""),
        "signed_at",
        lambda rows, now: rows.update(network=""),
    ),
    Kind(
        "networks_of_letters",
        "hashes of the networks that letters came from",
        lambda: Letter.objects.exclude(network=""),
        "written_at",
        lambda rows, now: rows.update(network=""),
    ),
    Kind(
        "networks_of_alarms",
        "hashes of the networks that alarms were about",
        lambda: Alarm.objects.filter(of=Alarm.Of.NETWORK, ended_at__isnull=False).exclude(value=""),
        "ended_at",
        lambda rows, now: rows.update(value=""),
    ),
    Kind(
        "networks_of_batches",
        "hashes of the networks that batches were of",
        lambda: Invalidation.objects.filter(suspects__has_key="network").exclude(done_at=None),
        "at",
        _forget_networks,
    ),
    Kind(
        "networks_of_releases",
        "hashes of the networks whose people got their mail after all",
        lambda: Release.objects.filter(suspects__has_key="network"),
        "at",
        _forget_networks,
    ),
    Kind(
        "unconfirmed_letters",
        "letters of supporters that nobody confirmed",
        lambda: Letter.objects.filter(state=Letter.State.WRITTEN),
        "written_at",
        _expire,
    ),
    Kind(
        "letters",
        "words of letters that have left, or will not",
        _settled_letters,
        "over_at",
        lambda rows, now: Letter.objects.filter(pk__in=rows).wipe(now),
    ),
    Kind("unconfirmed", "people who signed and never confirmed", _unconfirmed, "signed_at", _erase_signers),
    Kind(
        "unreadable",
        "forms that could not be read",
        lambda: Signup.objects.exclude(problem=""),
        "received_at",
        lambda rows, now: rows.delete(),
    ),
    Kind(
        "notices",
        "that mails about what people did were sent",
        lambda: Notice.objects.exclude(state__in=IN_FLIGHT),
        "created_at",
        lambda rows, now: rows.delete(),
    ),
    Kind("mails", "mails that were set aside", _set_aside, "settled_at", lambda rows, now: wipe(rows)),
    Kind(
        "supporters",
        "supporters of campaigns that are closed",
        lambda: Supporter.objects.filter(forgotten_at=None, campaign__closed_at__isnull=False),
        "campaign__closed_at",
        _erase_all,
    ),
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to go of one kind: how many now, and when the oldest of what is there goes."""

    kind: str
    what: str
    days: float
    due: int
    next_at: datetime | None


def outlook(now: datetime) -> list[Outlook]:
    """What a purge at `now` would let go, and what comes next. Changes nothing."""
    return [
        Outlook(each.name, each.what, each.time / timedelta(days=1), each.due(now).count(), each.next_at())
        for each in KINDS
    ]


def is_past_its_time(now: datetime) -> bool:
    """Whether a purge would let anything go."""
    return any(each.due(now).exists() for each in KINDS)


def purge(now: datetime) -> dict[str, int]:
    """Let go of everything that is past its time; how many of each kind. Doing it twice, or late, does no harm."""
    return {each.name: number for each in KINDS if (number := each.purge(now))}


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def purge_what_is_past_its_time() -> None:
    """Losing the hint costs nothing but time."""
    if gone := purge(present()):
        log.info("let go of what was past its time", **gone)
