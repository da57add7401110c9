"""Ledgers: who keeps the messages that news is about, and settles them by it."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from campaigns.supporter import Supporter
from channels.news import Kind, News
from outreach.delivery import Delivery, may_move
from outreach.event import Event
from outreach.fate import Fate, Told
from outreach.health import note_bounce, note_proof, note_refusal

State = Delivery.State
ON_THE_WIRE = (State.CLAIMED, State.SENDING)  # whoever has it there will write down the wire's own answer first
NOTED = (Kind.DEFERRED, Kind.COMPLAINT, Kind.UNSUBSCRIBED, Kind.OTHER)
SETTLE = """
UPDATE outreach_delivery AS delivery
   SET state = new.state, reason = new.reason, sent_at = new.sent_at, delivered_at = new.delivered_at
  FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[])
    AS new(id, state, reason, sent_at, delivered_at)
 WHERE delivery.id = new.id
"""
Row = tuple[str, str, datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A message that a ledger keeps. `is_settled`: False leaves its news for later, for it is on the wire just now.

    `is_to_supporter`: a supporter's dead address is never used again; an office's is noted on its contact point.
    """

    is_settled: bool
    is_to_supporter: bool = False


Ledger = Callable[[Mapping[uuid.UUID, Told], datetime], Mapping[uuid.UUID, Found]]
"""Given what was told of messages, by their keys: settles those it keeps, in a few statements however many they are,
and answers which they are. Asked inside a transaction. The same news must leave the same state in any order."""


def settle_deliveries(told: Mapping[uuid.UUID, Told], now: datetime) -> dict[uuid.UUID, Found]:
    """The ledger of ordinary deliveries. What is told of a digest is told of every letter in it."""
    told = {**told, **{pk: told[key] for pk, key in _in_digests(told)}}
    known = Delivery.objects.filter(pk__in=list(told))
    found = {pk: Found(False, supporter is not None) for pk, supporter in known.values_list("pk", "supporter")}
    under_way = Q(state__in=ON_THE_WIRE) | Q(state=State.DUE, chunk__isnull=False)
    at_rest = known.exclude(under_way).defer("subject", "text", "html", "words_sealed").order_by("id")
    rows = list(at_rest.select_for_update(skip_locked=True))
    _write([(each, row) for each in rows if (row := _row(each, told[each.pk].ever))], told, now)
    notes = [_note(each, news) for each in rows for news in told[each.pk].fresh if news.kind in NOTED]
    Event.objects.bulk_create(notes)
    _note_people(rows, told, now)
    return found | {each.pk: Found(True, each.supporter_id is not None) for each in rows}


def _in_digests(told: Mapping[uuid.UUID, Told]) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    """Letters that went in a message of another's name, and that name."""
    for pk, digest in Delivery.objects.filter(digest__in=list(told)).values_list("pk", "digest"):
        if digest is not None:
            yield pk, digest


def _row(delivery: Delivery, known: Fate) -> Row | None:
    """What the row becomes; None if it stays as it is. A message that came back is not proven any more."""
    state = known.state
    if state is None or (state != delivery.state and not may_move(delivery.state, state)):
        return None
    proven_at = _earlier(delivery.delivered_at, known.at) if state == State.DELIVERED else None
    row = (str(state), known.reason, _earlier(delivery.sent_at, known.sent_at), proven_at)
    return None if row == (delivery.state, delivery.reason, delivery.sent_at, delivery.delivered_at) else row


def _write(changes: Sequence[tuple[Delivery, Row]], told: Mapping[uuid.UUID, Told], now: datetime) -> None:
    if not changes:
        return
    columns = zip(*((delivery.pk, *row) for delivery, row in changes), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [list(column) for column in columns])
    Event.objects.bulk_create(_event(each, told[each.pk].ever, now) for each, row in changes if row[0] != each.state)


def _event(delivery: Delivery, known: Fate, now: datetime) -> Event:
    how = f"{delivery.wire or 'the provider'} told us"
    detail = {"how": how, **({"reason": known.reason, "permanent": known.is_dead} if known.reason else {})}
    return Event(delivery=delivery, kind=str(known.state), at=known.at or now, detail=detail)


def _note(delivery: Delivery, news: News) -> Event:
    kind = "told" if news.kind is Kind.OTHER else news.kind.value
    detail = {"said": news.said, "reason": news.reason, "code": news.code}
    return Event(delivery=delivery, kind=kind, at=news.at, detail=detail)


def _note_people(rows: Sequence[Delivery], told: Mapping[uuid.UUID, Told], now: datetime) -> None:
    """The health of offices' addresses, and supporters who want no more: by what is new alone, for it may be otherwise
    by now.
    """
    lately = [(each, told[each.pk].lately) for each in rows]
    for each, known in lately:
        if each.contact_point_id:
            _note_health(each, known)
    left = [each.supporter_id for each, known in lately if (known.left or known.complained) and each.supporter_id]
    Supporter.objects.filter(pk__in=left, opted_out_at=None).update(opted_out_at=now)


def _note_health(delivery: Delivery, lately: Fate) -> None:
    if lately.is_dead:
        note_bounce(delivery, is_permanent=True)
    elif lately.state == State.BOUNCED:
        note_refusal(delivery, lately.code)
    elif lately.state == State.DELIVERED:
        note_proof(delivery)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each), default=None)
