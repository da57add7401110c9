"""From a wave to delivery rows. Composing again changes nothing: the unique key makes a repeat harmless."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.deadline import SECOND
from campaigns.group import Group
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS
from campaigns.messages import Message, messages
from campaigns.messages import Wave as PlannedWave
from campaigns.sending import sending_of
from campaigns.wave import Wave
from channels.channel import CHANNELS
from outreach.delivery import Delivery
from outreach.mailing import to_supporters
from outreach.readdress import first_points
from outreach.turn import names_of

LAPSED = "It would have come too late"


def compose(wave: Wave, appeals: Iterable[Appeal], now: datetime, *, has_lapsed: bool = False) -> None:
    """Write every delivery of `wave`, which starts for `appeals` at `now`; or, if its time is over, as expired.

    Each is due when its turn comes: at once, unless the campaign spreads its messages or keeps to certain hours.
    """
    concerned = {appeal.pk: appeal for appeal in appeals}
    members = {group.key: [m.addressee for m in group.memberships.all()] for group in _groups(wave)}
    addressees = {a.pk: a for group in members.values() for a in group}
    addressees |= {appeal.addressee_id: appeal.addressee for appeal in concerned.values()}
    planned = list(
        messages(
            PlannedWave(wave.step.number, wave.reminder, tuple(concerned)),
            wave.step.rung(),
            {pk: appeal.addressee_id for pk, appeal in concerned.items()},
            {key: [addressee.pk for addressee in group] for key, group in members.items()},
        )
    )
    points = first_points(addressees)
    rows = [row for message in planned if (row := _delivery(wave, message, concerned, points, now))]
    for row in rows:
        if has_lapsed:
            row.state, row.reason = Delivery.State.EXPIRED, LAPSED
        else:
            _take_turn(row, addressees[row.addressee_id] if row.addressee_id else None)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    for message in planned:
        if message.audience == SUPPORTERS and not has_lapsed:
            divisions = {appeal.addressee.division for appeal in concerned.values()} if message.of_the_silent else None
            to_supporters(wave, message, now, _end(now, message), divisions)


def _delivery(
    wave: Wave,
    message: Message,
    concerned: dict[uuid.UUID, Appeal],
    points: dict[tuple[uuid.UUID, str], ContactPoint],
    now: datetime,
) -> Delivery | None:
    """None for supporters, who are written in one go, and for an addressee who cannot be reached on this channel."""
    if message.audience == SUPPORTERS:
        return None
    row = Delivery(
        campaign_id=wave.campaign_id,
        step_id=wave.step_id,
        wave=wave,
        audience=message.audience,
        channel=message.channel,
        recipient=message.audience,
        wording_name=message.wording,
        due_at=now,
        expires_at=_end(now, message),
        created_at=now,
    )
    if message.audience == PUBLIC:
        return row
    assert isinstance(message.recipient, uuid.UUID)
    row.addressee_id = message.recipient
    if message.audience == ADDRESSEES:
        row.appeal = concerned[_only(message)]
        row.expires_at = _earlier(row.expires_at, row.appeal.due_at if wave.reminder else None)
    if CHANNELS[message.channel].is_public:
        row.recipient = f"about {message.recipient.hex}"
        return row
    row.contact_point = points.get((message.recipient, message.channel))
    row.recipient = message.recipient.hex
    return row if row.contact_point else None


def _take_turn(row: Delivery, addressee: Addressee | None) -> None:
    """When it may leave, and if not at once, why; no later than when it is seen that it comes too late."""
    campaign, wanted_at = row.wave.campaign, row.due_at
    place = addressee.place() if addressee else None
    timing = sending_of(campaign.sending).timing(row.audience, row.channel, campaign.zone, place)
    names = names_of(row.wave, addressee.key if addressee else row.recipient)
    row.due_at, row.reason = timing.due(wanted_at, *names), timing.reason(wanted_at)
    if row.expires_at is not None:
        row.due_at = min(row.due_at, row.expires_at + SECOND)


def _end(now: datetime, message: Message) -> datetime | None:
    return now + message.expires_after if message.expires_after else None


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _only(message: Message) -> uuid.UUID:
    (appeal,) = message.appeals
    assert isinstance(appeal, uuid.UUID)
    return appeal


def _groups(wave: Wave) -> Iterable[Group]:
    audiences = {dispatch.audience for dispatch in wave.step.rung().dispatches_of(wave.reminder)}
    return wave.campaign.groups.filter(key__in=audiences).prefetch_related("memberships__addressee")
