"""Putting letters into mailbags, each when it may leave, and claiming them in the same breath: whoever claims one sends
it.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.address import domain_of
from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from channels.email import EMAIL
from outreach.cap import inbox_of, take_turns, wait_of_digest
from outreach.letters.hindrances import is_held, points_of, standing_holds, timing_of, withdrawn
from outreach.letters.lately import gone_to
from outreach.letters.letter import Letter, Letters
from outreach.letters.mailbag import Mailbag
from outreach.letters.pacing import Digest, Rest, Single, decide
from outreach.letters.piles import Inbox, inboxes, pace
from outreach.pace import take_for_letter
from outreach.wait import Wait

State = Mailbag.State
LEASE = timedelta(seconds=settings.LEASE_SECONDS)  # real time
GIVEN_UP_AFTER = 8  # attempts at the least, and `TRY_FOR`
MOST_IN_A_DIGEST = 5000
SOONEST = timedelta(seconds=1)
ARRIVED = "The message it was to be sent instead of has arrived after all"
EMPTY = "Nothing is left in it: whoever wrote has taken it back"
HELD, PACED = "On hold", "Letters leave one by one"
TAKEN_BACK = "The demands were taken back; its letters wait"
NO_ADDRESS = "There is no address that may be used; its letters wait for one"


def pack(now: datetime, real_now: datetime, limit: int) -> list[Mailbag]:
    """Fill mailbags with what may leave now, at most one of a kind for each inbox, and claim them for a lease.

    `limit`: of inboxes in one go, so that the last is sent before its lease ends.
    """
    packed: list[Mailbag] = []
    full: set[str] = set()
    for inbox in sorted(inboxes(now), key=lambda inbox: min(pile.oldest_at for pile in inbox.piles)):
        if len(packed) >= limit:
            break
        if domain_of(inbox.address) in full or isinstance(decide(inbox.piles, inbox.gone, pace(), now), Rest):
            continue
        bags, is_full = _pack(inbox, now, real_now)
        packed += bags
        full |= {domain_of(inbox.address)} if is_full else set()
    return packed


def claim(now: datetime, real_now: datetime, limit: int) -> list[Mailbag]:
    """Up to `limit` that wait for a second attempt, or were left behind before they left; claimed for a lease."""
    with transaction.atomic():
        due = Mailbag.objects.due(now).select_related("campaign", "addressee", "contact_point", "instead_of")
        found = list(due.order_by("due_at", "id").select_for_update(of=("self",), skip_locked=True)[:limit])
        points, holds = points_of({each.addressee_id for each in found}), standing_holds(now)
        take_turns(name for each in found for name in _rooms(each, points.get(each.addressee_id)))
        return [each for each in found if _claim(each, points.get(each.addressee_id), holds, now, real_now)]


def intend(mailbags: Sequence[Mailbag], now: datetime, wire: str) -> list[Mailbag]:
    """Write down that these are about to be on the wire: those whose claim is still ours. What a hold stops by now is
    due again, later.
    """
    going, holds = [], standing_holds(now)
    for each in mailbags:
        if is_held(each.campaign_id, each.addressee_id, each.address, holds):
            each.move(State.DUE, fence=each.token, due_at=now + SOONEST, attempts=each.attempts - 1, lease_until=None)
        elif each.move(State.SENDING, fence=each.token, wire=wire, tried_at=now):
            going.append(each)
    return going


def open_again(mailbag: Mailbag, state: str, reason: str) -> bool:
    """It is proven not to have left: its letters wait for another."""
    if not mailbag.move(state, reason=reason, lease_until=None):
        return False
    mailbag.letters.filter(state=Letter.State.TAKEN).move(Letter.State.CONFIRMED, mailbag=None)
    return True


def letters_in(mailbag: Mailbag) -> Letters:
    """What is in it and may be read: not what its writers have had erased since. Most own words first."""
    inside: Letters = Letter.objects.filter(mailbag=mailbag, state=Letter.State.TAKEN, wiped_at=None)
    return inside.order_by("-own_share", "confirmed_at", "id")


@transaction.atomic
def _pack(inbox: Inbox, now: datetime, real_now: datetime) -> tuple[list[Mailbag], bool]:
    """Decided once more while nobody else writes to this inbox; and whether a rate of its domain or of the sender lets
    no more through.
    """
    take_turns([inbox_of(EMAIL.name, inbox.address), *map(str, inbox.points)])
    packed: list[Mailbag] = []
    while len(packed) < 2:  # a digest and a letter
        same = next((each for each in inboxes(now, inbox.points) if each.address == inbox.address), None)
        what = decide(same.piles, same.gone, pace(), now) if same else Rest(now)
        if same is None or isinstance(what, Rest):
            break
        letters = _chosen(same, what)
        if not letters:
            break
        if take_for_letter(EMAIL.name, _sender(letters[0].campaign), inbox.address, now):
            return packed, True
        packed.append(_fill(letters, same, now, real_now, is_digest=isinstance(what, Digest)))
    return packed, False


def _chosen(inbox: Inbox, what: Single | Digest) -> list[Letter]:
    """The letters that go, locked."""
    waiting = Letter.objects.waiting().filter(campaign=what.pile, addressee__in=inbox.points)
    if isinstance(what, Single):
        chosen = waiting[:1]
    else:
        chosen = waiting.order_by("-own_share", "confirmed_at", "id")[what.keep : what.keep + MOST_IN_A_DIGEST]
    locked = Letter.objects.waiting().filter(pk__in=list(chosen.values_list("pk", flat=True)))
    locked = locked.select_related("campaign").only("pk", "campaign__sender", "addressee")
    return list(locked.select_for_update(of=("self",), skip_locked=True))


def _fill(letters: Sequence[Letter], inbox: Inbox, now: datetime, real_now: datetime, *, is_digest: bool) -> Mailbag:
    bag = Mailbag.objects.create(
        campaign_id=letters[0].campaign_id,
        addressee_id=letters[0].addressee_id,
        contact_point=inbox.points[letters[0].addressee_id],
        is_digest=is_digest,
        number=len(letters),
        state=State.CLAIMED,
        due_at=now,
        created_at=now,
        **_lease(1, real_now),
    )
    taken = Letter.objects.filter(pk__in=[each.pk for each in letters]).move(Letter.State.TAKEN, mailbag=bag)
    assert taken == len(letters), "letters that were locked have moved"
    return bag


def _claim(bag: Mailbag, point: ContactPoint | None, holds: Sequence[Hold], now: datetime, real_now: datetime) -> bool:
    if bag.instead_of is not None and bag.instead_of.state == State.DELIVERED:
        bag.move(State.CANCELLED, reason=ARRIVED)
        bag.letters.update(mailbag=bag.instead_of)
    elif not (number := letters_in(bag).count()):
        bag.move(State.CANCELLED, reason=EMPTY)
    elif (bag.campaign_id, bag.addressee_id) in withdrawn([bag.campaign_id]):
        open_again(bag, State.CANCELLED, TAKEN_BACK)
    elif point is None:
        open_again(bag, State.CANCELLED, NO_ADDRESS)
    elif bag.attempts >= GIVEN_UP_AFTER and now - bag.created_at >= settings.TRY_FOR:
        bag.move(State.REFUSED, reason=f"Tried {bag.attempts} times: {bag.reason}", lease_until=None)
    elif wait := _wait(bag, point, holds, now) or take_for_letter(
        EMAIL.name, _sender(bag.campaign), point.address, now
    ):
        Mailbag.objects.filter(pk=bag.pk).update(due_at=max(wait.until, now + SOONEST), reason=wait.reason)
    else:
        changes: dict[str, Any] = {"contact_point": point, "number": number, **_lease(bag.attempts + 1, real_now)}
        return bag.move(State.CLAIMED, **changes)
    return False


def _wait(bag: Mailbag, point: ContactPoint, holds: Sequence[Hold], now: datetime) -> Wait | None:
    """Until when it must wait, and why; None if it may leave."""
    if is_held(bag.campaign_id, bag.addressee_id, point.address, holds):
        return Wait(now + timedelta(minutes=1), HELD)
    if shut := timing_of(bag.campaign, point, is_digest=bag.is_digest).closed(now):
        return Wait(shut.until, shut.sentence)
    if bag.is_digest:
        return wait_of_digest(point.address, point.addressee_id, now)
    at = gone_to(point, now).next_single_at(pace(), now)
    return Wait(at, PACED) if at > now else None


def _sender(campaign: Campaign) -> str:
    return str(campaign.sender.get(EMAIL.name, ""))


def _rooms(bag: Mailbag, point: ContactPoint | None) -> Iterable[str]:
    yield str(bag.addressee_id)
    if point is not None:
        yield inbox_of(EMAIL.name, point.address)


def _lease(attempts: int, real_now: datetime) -> dict[str, Any]:
    return {"attempts": attempts, "token": uuid.uuid4(), "lease_until": real_now + LEASE}
