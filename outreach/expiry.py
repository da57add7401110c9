"""What would come too late. A message's own time moves with the deadline it speaks of, when a hold moves that."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from campaigns.wave import Turn
from outreach.delivery import Delivery


def come_too_late(due: Collection[Delivery], now: datetime) -> set[uuid.UUID]:
    """Those of `due` whose time is over at `now`; on the others `expires_at` says what holds now. Writes nothing.

    Each is expected to have `appeal` loaded.
    """
    late = [each for each in due if each.expires_at is not None and each.expires_at < now]
    moved = _moved(late)
    for each in late:
        if each.expires_at and (by := moved.get(each.pk)):
            each.expires_at += by
    return {each.pk for each in late if each.expires_at and each.expires_at < now}


def _moved(late: Iterable[Delivery]) -> dict[uuid.UUID, timedelta]:
    """How far the deadline that ran when each was composed has moved since, where its step still waits."""
    waiting = {each.pk: each for each in late if each.appeal and each.appeal.step_id == each.step_id}
    if not waiting:
        return {}
    waves = {each.wave_id for each in waiting.values()}
    turns = Turn.objects.filter(wave__in=waves).order_by().values_list("wave", "appeal", "due_at")
    before = {f"{wave} {appeal}": due_at for wave, appeal, due_at in turns}
    found = {pk: _by(each, before.get(f"{each.wave_id} {each.appeal_id}")) for pk, each in waiting.items()}
    return {pk: by for pk, by in found.items() if by}


def _by(delivery: Delivery, due_at: datetime | None) -> timedelta:
    now_due_at = delivery.appeal.due_at if delivery.appeal else None
    return max(now_due_at - due_at, timedelta()) if now_due_at and due_at else timedelta()
