"""The last gate: how fast messages may leave. All workers share one count for each account and recipient's domain.

Rates count in campaign time, as `due_at` does: in a demonstration, which only ever speaks to this machine, both are
fast. Nothing is asked of the database where nothing is limited.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from campaigns.ladder import SUPPORTERS
from channels.wire import configured
from outreach.bucket import Taken, give_back, take
from outreach.delivery import Delivery
from outreach.held import held
from outreach.limit import Limit, account_limits, recipient_limit
from outreach.wait import Wait


def pace(due: Sequence[Delivery], now: datetime) -> Mapping[uuid.UUID, Wait]:
    """Those beyond a rate wait, each for a moment of its own behind all that wait for the same already.

    Letters to supporters leave a quarter of what may go at once to others, who are fewer and more urgent.
    """
    if not due or not is_limited(due[0].channel):
        return {}
    limits = {each.pk: _limits(each, now) for each in due}
    waiting: dict[uuid.UUID, Wait] = {}
    taken: dict[uuid.UUID, list[Limit]] = {each.pk: [] for each in due}
    for limit in _in_order(limits.values()):
        asking = [each for each in due if limit in limits[each.pk] and each.pk not in waiting]
        if not asking:
            continue
        is_bulk = asking[0].audience == SUPPORTERS
        answer = take(limit.bucket, limit.rate, len(asking), now, reserve=_reserve(limit, is_bulk=is_bulk))
        for each in asking[: answer.granted]:
            taken[each.pk].append(limit)
        waiting |= dict(_lined_up(asking[answer.granted :], limit, answer, now))
    _return(limit for pk in waiting for limit in taken[pk])
    return waiting


@transaction.atomic
def take_for_chunk(channel: str, sender: str, wanted: int, now: datetime) -> Taken:
    """How many of a chunk of letters to supporters may go now, and when the next ones can.

    `sender`: the campaign's own address. Rates of recipients' domains are not asked: see `limited_domains`.
    """
    limits = _in_order([account_limits(channel, sender, now)] if is_limited(channel) else [])
    answers = [take(each.bucket, each.rate, wanted, now, reserve=_reserve(each, is_bulk=True)) for each in limits]
    granted = min((answer.granted for answer in answers), default=wanted)
    for limit, answer in zip(limits, answers, strict=True):
        give_back(limit.bucket, limit.rate, answer.granted - granted)
    return Taken(granted, max((answer.until for answer in answers), default=now))


@transaction.atomic
def take_for_letter(channel: str, sender: str, address: str, now: datetime) -> Wait | None:
    """Take the place of one message of supporters to `address`, or say until when it waits for one. Like letters to
    supporters it leaves a quarter to the campaign's own.
    """
    if not is_limited(channel):
        return None
    of_recipient = recipient_limit(channel, address)
    limits = _in_order([account_limits(channel, sender, now), [of_recipient] if of_recipient else []])
    answers = [(each, take(each.bucket, each.rate, 1, now, reserve=_reserve(each, is_bulk=True))) for each in limits]
    late = [(answer.until + each.rate.slack, each.reason) for each, answer in answers if not answer.granted]
    if late:
        _return(each for each, answer in answers if answer.granted)
    return Wait(*max(late)) if late else None


def is_limited(channel: str) -> bool:
    """Whether any rate is set that messages on this channel can fall under."""
    pace = configured(channel, settings.CHANNELS.get(channel)).pace
    return bool(pace.rate or pace.warm_up or settings.SENDER_RATES or settings.DOMAIN_RATES)


def _limits(delivery: Delivery, now: datetime) -> list[Limit]:
    of_account = account_limits(delivery.channel, str(delivery.campaign.sender.get(delivery.channel, "")), now)
    of_recipient = recipient_limit(delivery.channel, delivery.address)
    return [*of_account, of_recipient] if of_recipient else of_account


def _in_order(limits: Iterable[Iterable[Limit]]) -> list[Limit]:
    """Each once, and always in the same order, so that two workers never wait for each other."""
    return sorted({limit for several in limits for limit in several}, key=lambda limit: limit.bucket)


def _reserve(limit: Limit, *, is_bulk: bool) -> int:
    return limit.rate.at_once // 4 if is_bulk else 0


def _lined_up(late: Sequence[Delivery], limit: Limit, answer: Taken, now: datetime) -> Iterator[tuple[uuid.UUID, Wait]]:
    if not late:
        return
    last, gap = _end_of_the_line(late[0], limit, now), limit.rate.interval
    soonest = answer.until + limit.rate.slack
    first = max(soonest, last + gap) if last else soonest
    for place, each in enumerate(late):
        slot = first + place * gap
        yield each.pk, Wait(min(slot, limit.ends_at) if limit.ends_at else slot, limit.reason)


def _end_of_the_line(delivery: Delivery, limit: Limit, now: datetime) -> datetime | None:
    """When the last one that waits for this limit already, and could go, is due."""
    before = Delivery.objects.filter(channel=delivery.channel, state__in=Delivery.CLAIMABLE, due_at__gt=now)
    before = before.filter(reason=limit.reason).exclude(held(now))
    is_bulk = delivery.audience == SUPPORTERS
    before = before.filter(audience=SUPPORTERS) if is_bulk else before.exclude(audience=SUPPORTERS)
    last: datetime | None = before.aggregate(last=Max("due_at"))["last"]
    return last


def _return(limits: Iterable[Limit]) -> None:
    for limit, number in Counter(limits).items():
        give_back(limit.bucket, limit.rate, number)
