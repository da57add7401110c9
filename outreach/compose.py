"""From a wave to delivery rows. Composing again changes nothing: the unique key makes a repeat harmless.

What goes to the addressees concerned is composed as they come, some at a time; what a wave sends once, to groups, to
supporters and in public, when it is known whom it is about.
"""

import uuid
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime
from itertools import chain

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.deadline import SECOND
from campaigns.group import Group
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from campaigns.messages import Message, messages
from campaigns.messages import Wave as PlannedWave
from campaigns.place import Place
from campaigns.sending import AT_ONCE, Sending, sending_of
from campaigns.wave import Wave
from channels.channel import CHANNELS
from outreach.constituents import constituencies, divisions_of
from outreach.delivery import Delivery
from outreach.pour import pour
from outreach.readdress import first_points
from outreach.readership import to_supporters
from outreach.turn import names_of

LAPSED = "It would have come too late"
DIFFERING = ("recipient", "appeal_id", "addressee_id", "contact_point_id", "due_at", "expires_at", "reason")
Points = dict[tuple[uuid.UUID, str], uuid.UUID]
Row = tuple[str, uuid.UUID | None, uuid.UUID | None, uuid.UUID | None, datetime, datetime | None, str]


def compose(wave: Wave, appeals: Iterable[Appeal], now: datetime, *, has_lapsed: bool = False) -> None:
    """Write every delivery of `wave`, which starts for `appeals` at `now`; or, if its time is over, as expired.

    Each is due when its turn comes: at once, unless the campaign spreads its messages or keeps to certain hours.
    """
    compose_letters(wave, appeals, now, has_lapsed=has_lapsed)
    compose_shared(wave, now, has_lapsed=has_lapsed)


def compose_letters(wave: Wave, appeals: Iterable[Appeal], now: datetime, *, has_lapsed: bool = False) -> None:
    """The part of it that goes to the addressees of `appeals`, or out in public about each of them."""
    concerned = {appeal.pk: appeal for appeal in appeals}
    offices: dict[Hashable, Hashable] = {pk: appeal.addressee_id for pk, appeal in concerned.items()}
    planned = PlannedWave(wave.of_step.number, wave.reminder, tuple(concerned))
    own = [each for each in messages(planned, wave.of_step.rung(), offices, {}) if each.audience == ADDRESSEES]
    addressees = {appeal.addressee_id: appeal.addressee for appeal in concerned.values()}
    _Writer(wave, addressees, now, has_lapsed=has_lapsed).write(own, concerned)


def compose_shared(wave: Wave, now: datetime, *, has_lapsed: bool = False) -> None:
    """The part that concerns all its appeals at once: to the members of groups, to supporters, and in public."""
    groups = {group.key: [each.addressee for each in group.memberships.all()] for group in _groups(wave)}
    members = {key: [addressee.pk for addressee in group] for key, group in groups.items()}
    planned = PlannedWave(wave.of_step.number, wave.reminder, ())
    shared = list(messages(planned, wave.of_step.rung(), {}, members))
    addressees = {addressee.pk: addressee for addressee in chain.from_iterable(groups.values())}
    writer = _Writer(wave, addressees, now, has_lapsed=has_lapsed)
    writer.write([each for each in shared if each.audience != SUPPORTERS], {})
    for message in shared:
        if message.audience == SUPPORTERS and not has_lapsed:
            whose = constituencies(wave.campaign, divisions_of([wave], now)[wave.pk]) if message.of_the_silent else None
            to_supporters(wave, message, now, _end(now, message), whose)


class _Writer:
    """Writes rows of one wave, alike but for whom they go to."""

    def __init__(self, wave: Wave, addressees: dict[uuid.UUID, Addressee], now: datetime, *, has_lapsed: bool) -> None:
        self._wave, self._addressees, self._now, self._has_lapsed = wave, addressees, now, has_lapsed
        self._sending: Sending = sending_of(wave.campaign.sending)
        self._is_at_once = self._sending.addressees == self._sending.public == AT_ONCE
        self._places: dict[tuple[str, str, tuple[str, ...]], Place] = {}

    def write(self, planned: Iterable[Message], concerned: dict[uuid.UUID, Appeal]) -> None:
        together: dict[tuple[str, str, str], list[Message]] = {}
        for message in planned:
            together.setdefault((message.audience, message.channel, message.wording), []).append(message)
        points = first_points(self._addressees) if together else {}
        for alike in together.values():
            ends = _end(self._now, alike[0])
            rows = [row for message in alike if (row := self._row(message, ends, concerned, points))]
            columns = zip(*rows, strict=True) if rows else ([] for _ in DIFFERING)
            pour(self._sample(alike[0]), dict(zip(DIFFERING, map(list, columns), strict=True)))

    def _sample(self, message: Message) -> Delivery:
        return Delivery(
            campaign_id=self._wave.campaign_id,
            step_id=self._wave.step_id,
            wave_id=self._wave.pk,
            audience=message.audience,
            channel=message.channel,
            wording_name=message.wording,
            state=Delivery.State.EXPIRED if self._has_lapsed else Delivery.State.DUE,
            created_at=self._now,
        )

    def _row(
        self, message: Message, ends: datetime | None, concerned: dict[uuid.UUID, Appeal], points: Points
    ) -> Row | None:
        """None for an addressee who cannot be reached on this channel."""
        if message.audience == PUBLIC:
            return self._due(None, message.audience, None, None, message, ends)
        assert isinstance(message.recipient, uuid.UUID)
        if message.audience == ADDRESSEES:
            (pk,) = message.appeals
            assert isinstance(pk, uuid.UUID)
            ends = _earlier(ends, concerned[pk].due_at) if self._wave.reminder else ends
        else:
            pk = None
        office = message.recipient
        if CHANNELS[message.channel].is_public:
            return self._due(pk, f"about {office.hex}", office, None, message, ends)
        point = points.get((office, message.channel))
        return self._due(pk, office.hex, office, point, message, ends) if point else None

    def _due(
        self,
        appeal: uuid.UUID | None,
        recipient: str,
        office: uuid.UUID | None,
        point: uuid.UUID | None,
        message: Message,
        ends: datetime | None,
    ) -> Row:
        """With when it may leave, and if not at once, why; no later than when it is seen that it comes too late."""
        due_at, reason = (self._now, LAPSED) if self._has_lapsed else self._turn(office, recipient, message)
        if ends is not None and not self._has_lapsed:
            due_at = min(due_at, ends + SECOND)
        return recipient, appeal, office, point, due_at, ends, reason

    def _turn(self, office: uuid.UUID | None, recipient: str, message: Message) -> tuple[datetime, str]:
        if self._is_at_once:
            return self._now, ""
        addressee = self._addressees[office] if office else None
        place = self._place(addressee) if addressee else None
        timing = self._sending.timing(message.audience, message.channel, self._wave.campaign.zone, place)
        names = names_of(self._wave, addressee.key if addressee else recipient)
        return timing.due(self._now, *names), timing.reason(self._now)

    def _place(self, addressee: Addressee) -> Place:
        known = (addressee.time_zone, addressee.country, tuple(addressee.weekend))
        return self._places.get(known) or self._places.setdefault(known, addressee.place())


def _end(now: datetime, message: Message) -> datetime | None:
    return now + message.expires_after if message.expires_after else None


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _groups(wave: Wave) -> Iterator[Group]:
    audiences = {dispatch.audience for dispatch in wave.of_step.rung().dispatches_of(wave.reminder)}
    yield from wave.campaign.groups.filter(key__in=audiences).prefetch_related("memberships__addressee")
