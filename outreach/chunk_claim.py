"""Claiming a chunk, with everybody it writes to."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Q

from campaigns.address import domain_of
from campaigns.hold import Hold
from campaigns.representation import is_represented
from campaigns.sealed_text import opened
from campaigns.wave import Turn
from outreach import journal
from outreach.chunk import Chunk
from outreach.claim import LEASE
from outreach.constituents import NO_LONGER_ASKED, divisions_of, is_about_their_own, why_not
from outreach.delivery import Delivery
from outreach.frequency import full, may_wait
from outreach.limit import limited_domains
from outreach.office_hours import timing_to_supporters
from outreach.suppression import Suppression, suppressed

State = Delivery.State
TOGETHER = ("campaign", "step", "wave__campaign", "wave__mailing")


class Reader(NamedTuple):
    """One delivery of a chunk: its key on the wire, its place, and the supporter as they are now.

    `division`: where they are represented, if the letter names only their own representatives.
    """

    key: uuid.UUID
    place: int
    supporter: uuid.UUID
    name: str
    email: str
    language: str
    division: str = ""


@dataclass
class Claimed:
    """A chunk that is ours for a lease. `readers`: those who allow it and have not been written to, by place.

    `suppressions`: the newest one that was known when we asked.
    """

    chunk: Chunk
    readers: list[Reader]
    suppressions: int


@transaction.atomic
def claim_chunk(channel: str, now: datetime, real_now: datetime) -> Claimed | None:
    """The next chunk that is due on `channel`; None if there is none.

    A chunk about appeals that need nothing any more, or whose time is over, ends here; one outside its hours waits.
    Supporters who must not be written to are recorded as left out; who is at a domain that is held, or has a rate of
    its own, goes the ordinary road.
    """
    due = Chunk.objects.due(now).filter(channel=channel).exclude(held(now)).select_related(*TOGETHER)
    while chunk := due.select_for_update(of=("self",), skip_locked=True).first():
        if reason := _over(chunk, now):
            end(chunk, *reason, now)
            continue
        if closed := timing_to_supporters(chunk.campaign, channel).closed(now):
            Chunk.objects.due(now).filter(campaign=chunk.campaign_id, channel=channel).update(due_at=closed.until)
            continue
        attempts = chunk.attempts + 1
        chunk.move(Chunk.State.CLAIMED, token=uuid.uuid4(), lease_until=real_now + LEASE, attempts=attempts)
        known = Suppression.objects.aggregate(newest=Max("pk"))["newest"] or 0
        return Claimed(chunk, _consenting(chunk, now), known)
    return None


def next_chunk_due(channel: str, now: datetime) -> datetime | None:
    """When the first chunk that is put off may go on."""
    later = Chunk.objects.filter(state=Chunk.State.DUE, channel=channel, due_at__gt=now).exclude(held(now))
    return later.order_by("due_at").values_list("due_at", flat=True).first()


def held(now: datetime) -> Q:
    """Chunks that a hold stops as a whole."""
    whole = Q(pk__in=[])
    for hold in Hold.objects.standing(now).filter(domain="", addressee=None):
        named = Q(wave__mailing=hold.mailing_id) if hold.mailing_id else Q(pk__isnull=False)
        for field in ("campaign", "step"):
            if value := getattr(hold, f"{field}_id"):
                named &= Q(**{field: value})
        whole |= named & Q(channel=hold.channel) if hold.channel else named
    return whole


def renew(chunks: Iterable[Chunk], real_now: datetime) -> None:
    """Keep chunks that are still ours for another lease."""
    for chunk in chunks:
        ours = Chunk.objects.filter(pk=chunk.pk, token=chunk.token, state=Chunk.State.CLAIMED)
        ours.update(lease_until=real_now + LEASE)


def end(chunk: Chunk, state: State, reason: str, now: datetime) -> None:
    """Nothing more of the chunk goes out: what has not been intended ends in `state`."""
    with connection.cursor() as cursor:
        cursor.execute(END, {"chunk": chunk.pk, "from": chunk.intended, "state": state, "reason": reason, "now": now})
    chunk.move(Chunk.State.FOLDED, lease_until=None)


def set_aside(chunk: int, places: Collection[int]) -> None:
    """Let deliveries leave the chunk: they are due as before, and go the ordinary road, each claimed by itself."""
    if places:
        in_chunk = Delivery.objects.filter(chunk=chunk, place__in=places, state=State.DUE)
        in_chunk.update(chunk=None, place=None)


def _over(chunk: Chunk, now: datetime) -> tuple[State, str] | None:
    if chunk.expires_at is not None and chunk.expires_at < now:
        return State.EXPIRED, "It would have come too late"
    if mailing := chunk.wave.mailing:
        return (State.CANCELLED, mailing.why_stopped) if mailing.is_stopped else None
    if not Turn.objects.filter(wave=chunk.wave_id).exclude(appeal__status__in=NO_LONGER_ASKED).exists():
        return State.CANCELLED, "No demand it speaks of is open any more"
    return None


def _consenting(chunk: Chunk, now: datetime) -> list[Reader]:
    divided = is_about_their_own(chunk.wave, chunk.wording_name, chunk.channel)
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"chunk": chunk.pk, "from": chunk.intended, "divided": divided})
        found = [(_reader(*row[:-1]), bool(row[-1])) for row in cursor.fetchall()]
    addresses = [reader.email for reader, _ in found]
    must_not, limited = suppressed(chunk.channel, addresses), limited_domains(chunk.channel, addresses)
    domains = held_domains(chunk, now)
    waiting = {r.place for r, _ in found if r.email in limited or (domains and domain_of(r.email) in domains)}
    set_aside(chunk.pk, waiting)
    reasons = {r.place: must_not.get(r.email, "") if agrees else "Opted out" for r, agrees in found}
    if divided:
        about = divisions_of([chunk.wave], now)[chunk.wave_id]
        gone = {r.place for r, _ in found if not is_represented(r.division, about)}
        reasons |= dict.fromkeys(gone, why_not(chunk.wave))
    crowded = _without_room(chunk, [r for r, _ in found if not reasons[r.place] and r.place not in waiting], now)
    if may_wait(chunk.wave):
        set_aside(chunk.pk, crowded)
        waiting |= crowded.keys()
    else:
        reasons |= crowded
    journal.append([journal.left_out(chunk.pk, place, why, now) for place, why in reasons.items() if why])
    return [reader for reader, _ in found if not reasons[reader.place] and reader.place not in waiting]


def _without_room(chunk: Chunk, readers: Collection[Reader], now: datetime) -> dict[int, str]:
    """The places of those who have had as many letters as they may get for now, and why they get none."""
    crowded = full([(reader.supporter, chunk.wave_id) for reader in readers], now)
    asked = {reader.place: (reader.supporter, chunk.wave_id) for reader in readers}
    return {place: crowded[who].reason for place, who in asked.items() if who in crowded}


def _reader(
    key: uuid.UUID, place: int, supporter: uuid.UUID, name: bytes, email: bytes, language: str, division: str
) -> Reader:
    return Reader(key, place, supporter, opened(name), opened(email), language, division)


def held_domains(chunk: Chunk, now: datetime) -> set[str]:
    """Recipients' domains that a hold keeps from hearing of this campaign."""
    return {domain_of(f"@{hold.domain}") for hold in Hold.objects.standing(now).over(chunk.campaign).exclude(domain="")}


FIND = """
SELECT delivery.id, place, supporter.id, name, email, supporter.language,
       CASE WHEN %(divided)s THEN division ELSE '' END,
       agreed_at IS NOT NULL AND opted_out_at IS NULL
  FROM outreach_delivery AS delivery JOIN campaigns_supporter AS supporter ON supporter.id = supporter_id
 WHERE chunk_id = %(chunk)s AND place >= %(from)s AND state = 'due'
 ORDER BY place
"""
END = """
WITH ended AS (
  UPDATE outreach_delivery SET state = %(state)s, reason = %(reason)s
   WHERE chunk_id = %(chunk)s AND place >= %(from)s AND state = 'due' RETURNING id
)
INSERT INTO outreach_event (delivery_id, kind, at, detail)
SELECT id, %(state)s, %(now)s, jsonb_build_object('reason', %(reason)s::text) FROM ended
"""
