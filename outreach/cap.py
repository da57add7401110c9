"""The gate against floods: so many messages to one addressee and to one inbox in a time, over all campaigns.

What would exceed it goes together in one email (a digest), and waits if there is no room left at all. A shared inbox is
one address that several addressees have. Supporters' letters have a budget of their own (outreach/letters/pacing.py); a
digest of them counts here, and leaves the last place to the campaigns' own.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from campaigns.ladder import SUPPORTERS
from channels.channel import CHANNELS
from channels.email import EMAIL
from outreach.delivery import Delivery
from outreach.letters.mailbag import Mailbag
from outreach.wait import Wait

State = Delivery.State
MAY_HAVE_ARRIVED = (State.CLAIMED, State.SENDING, State.HANDED, State.SENT, State.DELIVERED, State.UNKNOWN)
MOST_LETTERS = 20  # in one digest
Gone = tuple[str, uuid.UUID, datetime]
"""The name of a room, the message that went there, and when."""
TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended('messages to ' || name, 0)) FROM unnest(%s::text[]) AS name"


@dataclass(slots=True)
class Room:
    """What one addressee or inbox has got lately. `messages`: when each of them went, by its name on the wire."""

    what: str
    messages: dict[object, datetime] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return max(0, settings.CAP - len(self.messages))

    def wait(self, now: datetime, left: int = 0) -> Wait:
        """Until the next message may go; at once if there is room for it, and for so many more that are `left`."""
        oldest_first = sorted(self.messages.values())
        until = oldest_first[left - settings.CAP] + settings.CAP_TIME if self.free <= left else now
        hours = settings.CAP_TIME // timedelta(hours=1)
        return Wait(until, f"{settings.CAP} messages went to this {self.what} within {hours} hours, which is the most")


class Rooms(dict[str, Room]):
    """The room of every addressee (by its id) and inbox (by channel and address) that letters are for."""

    def of(self, letter: Delivery) -> tuple[Room, Room]:
        """The inbox's and the addressee's."""
        inbox, addressee = names_of(letter)
        return self[inbox], self[addressee]


def cap(due: Sequence[Delivery], now: datetime) -> Mapping[uuid.UUID, Wait]:
    """Those for which there is no room wait. Letters that go together get the same `digest`; the others none."""
    letters = [each for each in due if each.addressee_id and each.address and each.audience != SUPPORTERS]
    if not letters:
        return {}
    rooms = _rooms_of(letters, now)
    waiting: dict[uuid.UUID, Wait] = {}
    for _, together in groupby(sorted(letters, key=_by_inbox), key=lambda letter: names_of(letter)[0]):
        waiting |= _let_through(list(together), rooms, now)
    return waiting


def wait_of_digest(address: str, addressee: uuid.UUID, now: datetime) -> Wait | None:
    """Until when a digest of supporters' letters waits, so that a place is left for a campaign's own letter."""
    left, wanted = min(1, settings.CAP - 1), {inbox_of(EMAIL.name, address): "inbox", str(addressee): "addressee"}
    rooms = _rooms(wanted, {addressee}, {address.lower()}, now)
    waits = [room.wait(now, left) for room in rooms.values() if room.free <= left]
    return max(waits, key=lambda wait: wait.until, default=None)


def take_turns(names: Iterable[str]) -> None:
    """Wait until every other worker that writes to one of these inboxes or addressees has finished its claim."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURNS, [sorted(set(names))])


def inbox_of(channel: str, address: str) -> str:
    """What an inbox is called here: an address is the same in capitals and small letters."""
    return f"{channel} {address.lower()}"


def names_of(letter: Delivery) -> tuple[str, str]:
    """What its inbox and its addressee are called here."""
    return inbox_of(letter.channel, letter.address), str(letter.addressee_id)


def _let_through(letters: list[Delivery], rooms: Rooms, now: datetime) -> dict[uuid.UUID, Wait]:
    """Letters to one inbox, the most urgent first."""
    fit = _fits(letters, rooms)
    can_join = letters[0].channel == EMAIL.name and not fit
    digest: list[Delivery] = []
    waiting: dict[uuid.UUID, Wait] = {}
    for letter in letters:
        letter.digest = None
        in_the_way = next((room for room in rooms.of(letter) if not room.free), None)
        if in_the_way or len(digest) == MOST_LETTERS:
            waiting[letter.pk] = (in_the_way or rooms.of(letter)[0]).wait(now)
        elif can_join:
            digest.append(letter)
        else:
            _take(letter, letter.pk, rooms, now)
    for letter in digest:
        letter.digest = digest[0].pk
        _take(letter, letter.digest, rooms, now)
    return waiting


def _fits(letters: Collection[Delivery], rooms: Rooms) -> bool:
    """Whether each can go as a message of its own."""
    wanted: dict[int, tuple[Room, int]] = {}
    for letter in letters:
        for room in rooms.of(letter):
            wanted[id(room)] = (room, wanted.get(id(room), (room, 0))[1] + 1)
    return all(number <= room.free for room, number in wanted.values())


def _take(letter: Delivery, message: uuid.UUID, rooms: Rooms, now: datetime) -> None:
    for room in rooms.of(letter):
        room.messages[message] = now


def _by_inbox(letter: Delivery) -> tuple[str, bool, datetime, str]:
    """First letters of a step, from which a deadline runs, before reminders."""
    return names_of(letter)[0], letter.wave.reminder > 0, letter.due_at, letter.key


def _rooms_of(letters: Sequence[Delivery], now: datetime) -> Rooms:
    wanted = {name: what for each in letters for name, what in zip(names_of(each), ("inbox", "addressee"), strict=True)}
    addressees = {each.addressee_id for each in letters if each.addressee_id}
    return _rooms(wanted, addressees, {each.address.lower() for each in letters}, now)


def _rooms(
    wanted: Mapping[str, str], addressees: Collection[uuid.UUID], addresses: Collection[str], now: datetime
) -> Rooms:
    """As they are once every other worker that writes to one of them has finished its claim."""
    rooms = Rooms({name: Room(what) for name, what in wanted.items()})
    take_turns(rooms)
    for name, message, at in (*_lately(addressees, addresses, now), *_digests_lately(addressees, addresses, now)):
        if name in rooms:
            rooms[name].messages[message] = at
    return rooms


def _lately(addressees: Collection[uuid.UUID], addresses: Collection[str], now: datetime) -> Iterable[Gone]:
    """What went, or may have gone. What is claimed counts as going now."""
    direct = [name for name, channel in CHANNELS.items() if not channel.is_public]
    gone = Delivery.objects.filter(state__in=MAY_HAVE_ARRIVED, channel__in=direct).exclude(audience=SUPPORTERS)
    rows = (
        gone.annotate(inbox=Lower("contact_point__address"), at=Coalesce("tried_at", "sent_at"))
        .filter(Q(addressee__in=addressees) | Q(inbox__in=addresses))
        .filter(Q(at__gt=now - settings.CAP_TIME) | Q(state=State.CLAIMED))
        .order_by()
    )
    for pk, digest, channel, inbox, addressee, state, at in rows.values_list(
        "pk", "digest", "channel", "inbox", "addressee", "state", "at"
    ):
        when = now if state == State.CLAIMED or at is None else at
        yield f"{channel} {inbox}", digest or pk, when
        yield str(addressee), digest or pk, when


def _digests_lately(addressees: Collection[uuid.UUID], addresses: Collection[str], now: datetime) -> Iterable[Gone]:
    """The same of digests of supporters' letters."""
    gone = Mailbag.objects.may_have_arrived().filter(is_digest=True)
    rows = (
        gone.annotate(inbox=Lower("contact_point__address"), at=Coalesce("tried_at", "created_at"))
        .filter(Q(addressee__in=addressees) | Q(inbox__in=addresses), at__gt=now - settings.CAP_TIME)
        .order_by()
    )
    for pk, inbox, addressee, at in rows.values_list("pk", "inbox", "addressee", "at"):
        yield f"{EMAIL.name} {inbox}", pk, at
        yield str(addressee), pk, at
